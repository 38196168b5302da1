import type { ConversationId } from '@sala/contracts';
import { useEffect, useMemo } from 'react';
import { api } from '../live/api.ts';
import { TypingTeller } from './typingTeller.ts';

/**
 * Tells the others in the room that the operator types. The answer is to be called with true at each change that
 * leaves a text, with false when it is empty, sent or left.
 */
export function useTellTyping(conversationId: ConversationId): (typing: boolean) => void {
  const { hear } = useMemo(() => {
    const tell = (typing: boolean) => {
      // A hint: unsaid it misleads nobody, said wrongly it ends by itself. What is wrong is told by the room's stream.
      api.room.typing.mutate({ conversationId, typing }).catch(() => {});
    };
    return new TypingTeller(tell, Date.now);
  }, [conversationId]);
  useEffect(() => () => hear(false), [hear]);
  return hear;
}

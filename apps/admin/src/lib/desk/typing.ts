import type { ConversationId } from '@sala/contracts';
import { useEffect, useMemo } from 'react';
import { api } from '../live/api.ts';
import { TypingTeller } from './typingTeller.ts';

/**
 * Tells the others in the room that the operator types. The answer is to be called at each change of the text (whether
 * any is left), and with false when the hand leaves it. A draft that was sent ends it by itself.
 */
export function useTellTyping(conversationId: ConversationId, draft: string): (typing: boolean) => void {
  const { hear } = useMemo(() => {
    const tell = (typing: boolean) => {
      // A hint: unsaid it misleads nobody, said wrongly it ends by itself. What is wrong is told by the room's stream.
      api.room.typing.mutate({ conversationId, typing }).catch(() => {});
    };
    return new TypingTeller(tell, Date.now);
  }, [conversationId]);
  useEffect(() => {
    if (draft === '') hear(false);
  }, [draft, hear]);
  useEffect(() => () => hear(false), [hear]);
  return hear;
}

import { MAX_TEXT_LENGTH, may, type RoomView } from '@sala/contracts';
import { useEffect, useEffectEvent } from 'react';
import { keepDraft, useDraft } from '../../../lib/desk/drafts.ts';
import { useMe } from '../../../lib/desk/me.ts';
import { useAct } from '../../../lib/desk/useAct.ts';
import { hasSomethingToSee } from '../../../lib/format/visible.ts';
import { api } from '../../../lib/live/api.ts';
import { attemptIn, forgetAttempt, messageIdFor } from './attempts.ts';

/**
 * Sends what is in the box. It stays there until the server has it. When the answer is lost, the stream may still
 * bring the message: then the box is emptied by that.
 */
export function useSend(room: RoomView, canSend: boolean) {
  const me = useMe();
  const { conversationId, head, deliveries } = room;
  const draft = useDraft(conversationId);
  const text = draft.trim();
  const act = useAct(
    canSend && may(me, 'session.write', head.session) && hasSomethingToSee(text) && text.length <= MAX_TEXT_LENGTH
      ? async () => {
          const messageId = messageIdFor(conversationId, text);
          const event = await api.room.send.mutate({ conversationId, messageId, content: { type: 'text', text } });
          forgetAttempt(conversationId, messageId);
          keepDraft(conversationId, '');
          return event;
        }
      : null,
  );

  const { forget, problem } = act;
  const onBack = useEffectEvent(() => {
    if (problem?.type === 'unreachable') forget();
  });
  useEffect(() => {
    if (canSend) onBack();
  }, [canSend]);

  useEffect(() => {
    const attempt = attemptIn(conversationId);
    if (!attempt || !(attempt.messageId in deliveries)) return;
    forgetAttempt(conversationId, attempt.messageId);
    if (attempt.text === text) keepDraft(conversationId, '');
    forget();
  }, [conversationId, deliveries, text, forget]);

  return act;
}

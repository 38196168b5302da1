import type { ConversationId, MessageId } from '@sala/contracts';
import { KeptMap } from '../../../lib/desk/kept.ts';
import { newId } from '../../../lib/newId.ts';

interface Attempt {
  text: string;
  messageId: MessageId;
}

/** What was asked to be sent and whose fate is not known, by conversation. */
const attempts = new KeptMap<Attempt>('attempts');

/** The id under which a text is sent: the same for the same text until it has arrived, so that it cannot arrive twice. */
export function messageIdFor(conversationId: ConversationId, text: string, makeId: () => MessageId = newId): MessageId {
  const known = attempts.get(conversationId);
  if (known?.text === text) return known.messageId;
  const messageId = makeId();
  attempts.set(conversationId, { text, messageId });
  return messageId;
}

export const attemptIn = (conversationId: ConversationId): Attempt | undefined => attempts.get(conversationId);

export function forgetAttempt(conversationId: ConversationId, messageId: MessageId): void {
  if (attempts.get(conversationId)?.messageId === messageId) attempts.delete(conversationId);
}

import { api } from '../live/api.ts';
import { problemOf } from '../problem.ts';
import type { OutboxEntry, Outcome } from './outbox.ts';

/** A server that is silent for so long is taken for unreachable; the message goes again under its id. */
const PATIENCE_MS = 15_000;

/** Asks the server, over HTTP, to take a message. Never rejects. */
export async function sendOnce({ conversationId, messageId, content }: OutboxEntry): Promise<Outcome> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { seq } = await api.room.send.mutate({ conversationId, messageId, content }, { signal });
    return { type: 'accepted', seq };
  } catch (error) {
    return problemOf(error);
  }
}

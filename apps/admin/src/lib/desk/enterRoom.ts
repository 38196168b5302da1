import type { ConversationId } from '@sala/contracts';
import { api } from '../live/api.ts';
import { isJoined } from './joined.ts';

/** How long a room is waited for. Afterwards what was to be done there is tried anyway, and the answer says what is wrong. */
const PATIENCE_MS = 5_000;

/**
 * Is in a room for as long as the answer is not called. A room that this tab has open needs no second stream, unless
 * the server does not know of the first (`isAnew`). Never rejects.
 */
export async function enterRoom(conversationId: ConversationId, isAnew = false): Promise<() => void> {
  if (!isAnew && isJoined(conversationId)) return () => {};
  const lastEventId = await endOf(conversationId);
  if (lastEventId === null) return () => {};
  return new Promise((resolve) => {
    const stay = () => {
      clearTimeout(timer);
      resolve(() => stream.unsubscribe());
    };
    const timer = setTimeout(stay, PATIENCE_MS);
    // What happens there is not looked at: whoever wants to see it follows the room.
    const stream = api.room.follow.subscribe({ conversationId, lastEventId }, { onStarted: stay, onError: stay });
  });
}

const endOf = (conversationId: ConversationId): Promise<number | null> =>
  api.room.get.query({ conversationId }, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    (room) => room.seq,
    () => null,
  );

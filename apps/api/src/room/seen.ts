import { type Belonging, type ConversationId, may, refuse } from '@sala/contracts';
import type { Caller } from '../deps.ts';
import { readRoom } from '../log/readLog.ts';
import type { RoomRecord } from '../log/change.ts';

/** Whether the one who asks sees a conversation, by whose it is. */
export type Sees = (of: Belonging) => boolean;

/** What is asked of a caller to know what they see. */
export type Looker = Pick<Caller, 'db' | 'operator' | 'settings'>;

/** What the caller sees, by the desk's settings as they are now. */
export async function sightFor({ operator, settings }: Looker): Promise<Sees> {
  const now = await settings.get();
  return (of) => may(operator, 'conversation.see', { of, settings: now });
}

/**
 * What one does not see does not exist: the answer is that of an id that nobody has, after the same work.
 * @throws NOT_FOUND
 */
export function assertSeen(sees: Sees, of: Belonging): void {
  if (!sees(of)) refuse({ code: 'NOT_FOUND' });
}

/** The conversation as it is now, for who sees it. @throws NOT_FOUND */
export async function seenRoom(caller: Looker, conversationId: ConversationId): Promise<RoomRecord> {
  const sees = await sightFor(caller);
  const room = (await readRoom(caller.db.pool, conversationId)) ?? refuse({ code: 'NOT_FOUND' });
  assertSeen(sees, room.head);
  return room;
}

/** Whether the caller sees the conversation as it is now. */
export async function isSeen(looker: Looker, conversationId: ConversationId): Promise<boolean> {
  const [sees, room] = [await sightFor(looker), await readRoom(looker.db.pool, conversationId)];
  return room !== null && sees(room.head);
}

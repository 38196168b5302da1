import {
  assertMayWrite,
  assertMeant,
  claim as claimSession,
  type ClaimRoom,
  close as closeSession,
  type CloseRoom,
  type ConversationId,
  foldPage,
  may,
  refuse,
  type RetryMessage,
  ROOM_PAGE,
  type Room,
  type RoomEvent,
  type RoomHistory,
  type RoomState,
  type RoomView,
  type SendMessage,
  transfer as transferSession,
  type TransferRoom,
  type Typing,
} from '@sala/contracts';
import type { Caller } from '../deps.ts';
import { readBefore, readRoom } from '../log/readLog.ts';
import { type Recorded, UNIQUE_VIOLATION } from '../log/roomLog.ts';
import { readMessage, readRoomWithChannel } from './roomRead.ts';

const stateOf = ({ conversationId, seq, head }: Recorded): RoomState => ({
  conversationId,
  seq,
  session: head.session,
});

/** The room with its newest messages. @throws NOT_FOUND */
export async function get(caller: Caller, { conversationId }: Room): Promise<RoomView> {
  const { db } = caller;
  const sees = await sightFor(caller);
  const room = (await readRoomWithChannel(db, conversationId)) ?? refuse({ code: 'NOT_FOUND' });
  assertSeen(sees, room.head);
  // No later than the head, which was read first: what came since arrives by the stream.
  const events = await readBefore(db, conversationId, room.seq + 1, ROOM_PAGE);
  const { seq, head, channel } = room;
  return { conversationId, channel, seq, fromSeq: events[0]?.seq ?? 1, head, ...foldPage(events) };
}

/** Older events, in order. Fewer than `limit` means the beginning was reached. @throws NOT_FOUND */
export async function history(
  caller: Caller,
  { conversationId, before, limit }: RoomHistory,
): Promise<RoomEvent[]> {
  await seenRoom(caller, conversationId);
  return readBefore(caller.db, conversationId, before, limit);
}

/** The caller types, or no longer does. @throws NOT_IN_ROOM, NOT_FOUND */
export async function typing(caller: Caller, { conversationId, typing }: Typing): Promise<void> {
  await assertInRoom(caller, conversationId);
  // Nothing is recorded that would look for itself, and who was let in a moment ago may see the room no more.
  await seenRoom(caller, conversationId);
  caller.presence.type(caller.operator, conversationId, typing);
}

/**
 * Nobody acts on what they do not see: the caller has the room open, in some tab, on some server. A program has no tabs.
 * @throws NOT_IN_ROOM, NOT_FOUND
 */
async function assertInRoom({ db, operator, presence, via }: Caller, conversationId: ConversationId): Promise<void> {
  if (via.type === 'key') return;
  if (await presence.isIn(operator.operatorId, conversationId)) return;
  refuse({ code: (await readRoom(db.pool, conversationId)) ? 'NOT_IN_ROOM' : 'NOT_FOUND' });
}

/**
 * Takes the conversation; of several who reach for it at once exactly one gets it.
 * @throws ALREADY_CLAIMED, SESSION_CLOSED, STALE, NOT_IN_ROOM
 */
export async function claim(caller: Caller, { conversationId, sessionId: meant }: ClaimRoom): Promise<RoomState> {
  await assertInRoom(caller, conversationId);
  const nameOf = await caller.operators.names();
  const sessionId = caller.newId();
  const decide = ({ session }: Recorded['head'], seq: number) => {
    assertMeant(session, meant, seq);
    return claimSession(session, caller.operator, sessionId, nameOf);
  };
  return stateOf(await caller.rooms.change({ conversationId, by: caller }, decide));
}

/**
 * Stores a message and the delivery it owes; named by `messageId`, so sending it twice sends once.
 * @throws NOT_YOURS, SESSION_CLOSED, INVALID, NOT_IN_ROOM
 */
export async function send(caller: Caller, { conversationId, messageId, content }: SendMessage): Promise<RoomEvent> {
  await assertInRoom(caller, conversationId);
  const { operatorId } = caller.operator;
  const change = caller.rooms.change({ conversationId, once: sentAs(messageId) }, ({ session }) => {
    assertMayWrite(session, caller.operator);
    return [{ type: 'operator.wrote', messageId, content, operatorId }];
  });
  const { events } = await change.catch(refuseTakenId);
  caller.presence.type(caller.operator, conversationId, false);
  return events[0]!;
}

/** The id names a message that came otherwise: the customer's, the bot's. */
function refuseTakenId(error: unknown): never {
  if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
  return refuse({ code: 'INVALID', issues: [{ path: 'messageId', code: 'custom', message: 'names another message' }] });
}

const sentAs = (messageId: string) => `send:${messageId}`;

/** Sends a failed message once more. One that is on its way, or sent, stays as it is. @throws NOT_FOUND, NOT_ALLOWED */
export async function retry(caller: Caller, { conversationId, messageId }: RetryMessage): Promise<RoomState> {
  const { operatorId } = caller.operator;
  // Named by the failure it answers, so that a double click asks once.
  const failed = (await readMessage(caller.db, conversationId, messageId)) ?? refuse({ code: 'NOT_FOUND' });
  if (failed.author === 'customer') refuse({ code: 'NOT_FOUND' });
  if (failed.operatorId !== operatorId && !may(caller.operator, 'delivery.retryAny')) refuse({ code: 'NOT_ALLOWED' });
  const once = `retry:${messageId}:${failed.failedSeq ?? 0}`;
  const recorded = await caller.rooms.change({ conversationId, once }, () =>
    failed.delivery === 'failed' ? [{ type: 'delivery.retried', messageId, operatorId }] : [],
  );
  return stateOf(recorded);
}

/** Ends the session. @throws NOT_YOURS, SESSION_CLOSED, STALE, NOT_IN_ROOM */
export async function close(caller: Caller, { conversationId, sessionId, reason }: CloseRoom): Promise<RoomState> {
  await assertInRoom(caller, conversationId);
  const decide = ({ session }: Recorded['head'], seq: number) => {
    assertMeant(session, sessionId, seq);
    return closeSession(session, caller.operator, reason ?? null);
  };
  return stateOf(await caller.rooms.change({ conversationId, by: caller }, decide));
}

/**
 * Gives the session to a colleague, who is told.
 * @throws NOT_FOUND when there is no such colleague, NOT_YOURS, SESSION_CLOSED, STALE, NOT_IN_ROOM
 */
export async function transfer(caller: Caller, input: TransferRoom): Promise<RoomState> {
  const { conversationId, sessionId, to, note } = input;
  await assertInRoom(caller, conversationId);
  if (!(await caller.operators.has(to))) refuse({ code: 'NOT_FOUND' });
  const decide = ({ session }: Recorded['head'], seq: number) => {
    assertMeant(session, sessionId, seq);
    return transferSession(session, caller.operator, to, note);
  };
  const recorded = await caller.rooms.change({ conversationId, by: caller }, decide);
  if (recorded.events.length > 0) {
    const { displayName: customerName } = recorded.head.customer;
    const by = caller.operator.operatorId;
    caller.notices.give(to, { type: 'given', conversationId, by, customerName, note });
  }
  return stateOf(recorded);
}

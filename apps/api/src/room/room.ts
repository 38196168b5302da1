import {
  assertMayWrite,
  assertMeant,
  type AssignTeam,
  claim as claimSession,
  type ClaimRoom,
  close as closeSession,
  type CloseRoom,
  type ConversationId,
  foldPage,
  may,
  refuse,
  type Refusal,
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
import { memberOf } from '../auth/member.ts';
import type { Caller } from '../deps.ts';
import { readBefore } from '../log/readLog.ts';
import { type Decide, type Recorded, UNIQUE_VIOLATION } from '../log/roomLog.ts';
import { hasTeam } from '../team/teamStore.ts';
import { readMessage, readRoomWithChannel } from './roomRead.ts';
import { assertSeen, seenRoom, sightFor } from './seen.ts';

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
export async function history(caller: Caller, { conversationId, before, limit }: RoomHistory): Promise<RoomEvent[]> {
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
async function assertInRoom(caller: Caller, conversationId: ConversationId): Promise<void> {
  const { operator, presence, via } = caller;
  if (via.type === 'key') return;
  if (await presence.isIn(operator.operatorId, conversationId)) return;
  await seenRoom(caller, conversationId);
  refuse({ code: 'NOT_IN_ROOM' });
}

/** What is decided for somebody who sees the conversation; for anybody else there is none to decide on. */
async function asSeen(caller: Caller, decide: Decide): Promise<Decide> {
  const sees = await sightFor(caller);
  return (head, seq) => {
    assertSeen(sees, head);
    return decide(head, seq);
  };
}

/**
 * Takes the conversation; of several who reach for it at once exactly one gets it.
 * @throws ALREADY_CLAIMED, SESSION_CLOSED, STALE, NOT_IN_ROOM, NOT_FOUND
 */
export async function claim(caller: Caller, { conversationId, sessionId: meant }: ClaimRoom): Promise<RoomState> {
  await assertInRoom(caller, conversationId);
  const nameOf = await caller.operators.names();
  const sessionId = caller.newId();
  const decide = ({ session }: Recorded['head'], seq: number) => {
    assertMeant(session, meant, seq);
    return claimSession(session, caller.operator, sessionId, nameOf);
  };
  return stateOf(await caller.rooms.change({ conversationId, by: caller }, await asSeen(caller, decide)));
}

/**
 * Stores a message and the delivery it owes; named by `messageId`, so sending it twice sends once.
 * @throws NOT_YOURS, SESSION_CLOSED, INVALID, NOT_IN_ROOM, NOT_FOUND
 */
export async function send(caller: Caller, { conversationId, messageId, content }: SendMessage): Promise<RoomEvent> {
  await assertInRoom(caller, conversationId);
  const { operatorId } = caller.operator;
  const sees = await sightFor(caller);
  const change = caller.rooms.change({ conversationId, once: sentAs(messageId) }, (head) => {
    assertSeen(sees, head);
    assertMayWrite(head.session, caller.operator);
    return [{ type: 'operator.wrote', messageId, content, operatorId }];
  });
  const { events, head } = await change.catch(refuseTakenId);
  const sent = events[0]!;
  // Heard before, it is answered as then; but not to somebody who names what another one wrote in a room they do not see.
  if (!(sent.fact.type === 'operator.wrote' && sent.fact.operatorId === operatorId)) assertSeen(sees, head);
  caller.presence.type(caller.operator, conversationId, false);
  return sent;
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
  await seenRoom(caller, conversationId);
  // Named by the failure it answers, so that a double click asks once.
  const failed = (await readMessage(caller.db, conversationId, messageId)) ?? refuse({ code: 'NOT_FOUND' });
  if (failed.author === 'customer') refuse({ code: 'NOT_FOUND' });
  if (failed.operatorId !== operatorId && !may(caller.operator, 'delivery.retryAny')) refuse({ code: 'NOT_ALLOWED' });
  const once = `retry:${messageId}:${failed.failedSeq ?? 0}`;
  const decide: Decide = () =>
    failed.delivery === 'failed' ? [{ type: 'delivery.retried', messageId, operatorId }] : [];
  return stateOf(await caller.rooms.change({ conversationId, once }, await asSeen(caller, decide)));
}

/** Ends the session. @throws NOT_YOURS, SESSION_CLOSED, STALE, NOT_IN_ROOM, NOT_FOUND */
export async function close(caller: Caller, { conversationId, sessionId, reason }: CloseRoom): Promise<RoomState> {
  await assertInRoom(caller, conversationId);
  const decide = ({ session }: Recorded['head'], seq: number) => {
    assertMeant(session, sessionId, seq);
    return closeSession(session, caller.operator, reason ?? null);
  };
  return stateOf(await caller.rooms.change({ conversationId, by: caller }, await asSeen(caller, decide)));
}

/**
 * Gives the session to a colleague, who is told.
 * @throws NOT_FOUND also when there is no such colleague, INVALID (`cannotSee`) for one who would not see it without
 * holding it, NOT_YOURS, SESSION_CLOSED, STALE, NOT_IN_ROOM
 */
export async function transfer(caller: Caller, input: TransferRoom): Promise<RoomState> {
  const { conversationId, sessionId, to, note } = input;
  await assertInRoom(caller, conversationId);
  const colleague = (await memberOf(caller.db, to)) ?? refuse({ code: 'NOT_FOUND' });
  const settings = await caller.settings.get();
  const decide: Decide = ({ session, teamId }, seq) => {
    assertMeant(session, sessionId, seq);
    const facts = transferSession(session, caller.operator, to, note);
    const withoutIt = { teamId, session: null };
    if (facts.length > 0 && !may(colleague, 'conversation.see', { of: withoutIt, settings })) refuse(CANNOT_SEE);
    return facts;
  };
  const recorded = await caller.rooms.change({ conversationId, by: caller }, await asSeen(caller, decide));
  if (recorded.events.length > 0) {
    const { displayName: customerName } = recorded.head.customer;
    const by = caller.operator.operatorId;
    caller.notices.give(to, { type: 'given', conversationId, by, customerName, note });
  }
  return stateOf(recorded);
}

const CANNOT_SEE: Refusal = {
  code: 'INVALID',
  issues: [{ path: 'to', code: 'cannotSee', message: 'does not see this conversation' }],
};

/**
 * Gives the conversation to a team, or to nobody in particular. Its session stays with who holds it.
 * @throws NOT_FOUND also when there is no such team, NOT_ALLOWED, NOT_IN_ROOM
 */
export async function assignTeam(caller: Caller, { conversationId, teamId }: AssignTeam): Promise<RoomState> {
  await assertInRoom(caller, conversationId);
  if (teamId !== null && !(await hasTeam(caller.db, teamId))) refuse({ code: 'NOT_FOUND' });
  const settings = await caller.settings.get();
  const decide: Decide = (head) => {
    if (head.teamId === teamId) return [];
    if (!may(caller.operator, 'conversation.assignTeam', { of: head, teamId, settings })) {
      refuse({ code: 'NOT_ALLOWED' });
    }
    return [{ type: 'conversation.teamed', teamId, by: caller.operator.operatorId }];
  };
  return stateOf(await caller.rooms.change({ conversationId, by: caller }, await asSeen(caller, decide)));
}

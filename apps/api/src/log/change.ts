import {
  type Belonging,
  type ConversationId,
  deliveryAfter,
  evolveHead,
  holderOf,
  type InboxRow,
  type RoomEvent,
  type RoomFact,
  type RoomHead,
  shelfOf,
} from '@sala/contracts';
import type { Actor } from '../audit/auditLog.ts';
import { type Act, actsIn } from './acts.ts';

/** A conversation as the log's writer knows it. */
export type RoomRecord = { conversationId: ConversationId; channelId: string; seq: number; head: RoomHead };

/** Everything that recording some facts changes, worked out before the database is asked. */
export type Change = {
  before: RoomRecord;
  after: RoomRecord;
  events: readonly RoomEvent[];
  /** The names of the requests, by the number of the first event of each. */
  onces: ReadonlyMap<number, string>;
  /** What of it is written into the audit log. */
  acts: readonly Act[];
};

/** The name of a request, and who asked. */
export type Origin = { once?: string | undefined; by?: Actor | undefined };

/** Numbers the facts after what is known and folds them: pure, so it can be done again when another writer was first. */
export function planChange(
  before: RoomRecord,
  facts: readonly RoomFact[],
  at: string,
  { once, by }: Origin = {},
): Change {
  const events = facts.map((fact, index): RoomEvent => ({ seq: before.seq + 1 + index, at, fact }));
  const head = events.reduce(evolveHead, before.head);
  const onces = new Map(once === undefined ? [] : [[before.seq + 1, once]]);
  const after = { ...before, seq: before.seq + events.length, head };
  return { before, after, events, onces, acts: actsIn(before, events, by) };
}

/** Changes of one conversation, each decided on what the one before left, as one. */
export function joined(changes: readonly Change[]): Change {
  const [first, last] = [changes[0]!, changes.at(-1)!];
  if (first === last) return first;
  const events = changes.flatMap((change) => change.events);
  return {
    before: first.before,
    after: last.after,
    events,
    onces: new Map(changes.flatMap(({ onces }) => [...onces])),
    acts: changes.flatMap(({ acts }) => acts),
  };
}

/** Whether it may share a statement with others of its room: a statement moves a delivery's row only once. */
export const mayJoin = ({ events }: Change): boolean => !events.some(({ fact }) => fact.type.startsWith('delivery.'));

export const rowOf = ({ conversationId, channelId, seq, head }: RoomRecord): InboxRow => ({
  conversationId,
  channelId,
  seq,
  head,
});

/** In which lists a conversation stands. */
export const placeOf = (of: Belonging) => ({
  shelf: shelfOf(of),
  operatorId: holderOf(of.session),
  // A column that is never null, so that one index serves those of no team, too.
  teamId: of.teamId ?? NO_TEAM,
});

export const NO_TEAM = '';

/** The counters a conversation is counted under: its shelf and its holder, each with its team, or bare where it has none. */
export function countKeys(of: Belonging): string[] {
  const { shelf, operatorId, teamId } = placeOf(of);
  const keys = operatorId ? [shelf, `mine:${operatorId}`] : [shelf];
  return teamId === NO_TEAM ? keys : keys.map((key) => `${key}@${teamId}`);
}

/** Whether these facts leave a message for LINE to take. */
export const owesDelivery = ({ events }: Change): boolean =>
  events.some(({ fact, at }) => deliveryAfter(fact, at)?.delivery.state === 'queued');

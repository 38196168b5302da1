import {
  type ConversationId,
  deliveryAfter,
  evolveHead,
  holderOf,
  type InboxRow,
  type RoomEvent,
  type RoomFact,
  type RoomHead,
  shelfOf,
  sortedAt,
} from '@sala/contracts';

/** A conversation as the log's writer knows it. */
export type RoomRecord = { conversationId: ConversationId; channelId: string; seq: number; head: RoomHead };

/** Everything that recording some facts changes, worked out before the database is asked. */
export type Change = {
  before: RoomRecord;
  after: RoomRecord;
  events: readonly RoomEvent[];
  /** Names the request; only the first event carries it. */
  once: string | null;
};

/** Numbers the facts after what is known and folds them: pure, so it can be done again when another writer was first. */
export function planChange(before: RoomRecord, facts: readonly RoomFact[], at: string, once: string | null): Change {
  const events = facts.map((fact, index): RoomEvent => ({ seq: before.seq + 1 + index, at, fact }));
  const head = events.reduce(evolveHead, before.head);
  return { before, after: { ...before, seq: before.seq + events.length, head }, events, once };
}

export const rowOf = ({ conversationId, channelId, seq, head }: RoomRecord): InboxRow => ({
  conversationId,
  channelId,
  seq,
  head,
});

/** Where a conversation stands in the lists. */
export const placeOf = (head: RoomHead) => ({
  shelf: shelfOf(head),
  operatorId: holderOf(head.session),
  sortedAt: sortedAt(head),
});

/** The counters a conversation is counted under. */
export function countKeys(head: RoomHead): string[] {
  const { shelf, operatorId } = placeOf(head);
  return operatorId ? [shelf, mineKey(operatorId)] : [shelf];
}

export const mineKey = (operatorId: string): string => `mine:${operatorId}`;

/** Whether these facts leave a message for LINE to take. */
export const owesDelivery = ({ events }: Change): boolean =>
  events.some(({ fact, at }) => deliveryAfter(fact, at)?.delivery.state === 'queued');

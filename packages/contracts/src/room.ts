import { z } from 'zod';
import { Content, SendableContent } from './content.ts';
import { Delivery, deliveryAfter } from './delivery.ts';
import { MAX_NOTE_LENGTH, type RoomEvent, RoomFact } from './fact.ts';
import { evolveHead, RoomHead } from './head.ts';
import { ChannelId, ConversationId, Instant, MessageId, OperatorId, SessionId } from './id.ts';
import { Text } from './text.ts';

/** How many events a room begins with, and how many one look further back brings. */
export const ROOM_PAGE = 100;
export const MAX_HISTORY_PAGE = 200;

/** The database counts a conversation's events in 32 bits. */
const MAX_SEQ = 2 ** 31 - 1;

/** A customer's message that LINE handed over this much after it was written says so. */
export const LATE_AFTER_MS = 60_000;

export const Author = z.discriminatedUnion('type', [
  z.object({ type: z.literal('customer') }),
  z.object({ type: z.literal('bot') }),
  z.object({ type: z.literal('operator'), operatorId: OperatorId }),
]);
export type Author = z.infer<typeof Author>;

/** One line of a room: a message, or a fact told as a sentence. `shownAt` is its place in time. */
export const Entry = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    seq: z.int(),
    shownAt: Instant,
    messageId: MessageId,
    author: Author,
    content: Content,
    /** LINE handed it over more than {@link LATE_AFTER_MS} after it was written. */
    late: z.boolean(),
  }),
  z.object({ type: z.literal('fact'), seq: z.int(), shownAt: Instant, fact: RoomFact }),
]);
export type Entry = z.infer<typeof Entry>;

/**
 * A room as an operator sees it: the head, and the part of the log that is loaded (`fromSeq` to `seq`).
 * `deliveries` is kept by message, because a delivery's facts may lie on another page than its message.
 */
export const RoomView = z.object({
  conversationId: ConversationId,
  channel: z.object({ channelId: ChannelId, name: z.string() }),
  seq: z.int().nonnegative(),
  /** The oldest event loaded; 1 when there is nothing further back. */
  fromSeq: z.int().positive(),
  head: RoomHead,
  entries: z.array(Entry),
  deliveries: z.record(MessageId, Delivery),
});
export type RoomView = z.infer<typeof RoomView>;

/** What `room.claim` and its kind answer: where the room is now, without its messages. */
export const RoomState = z.object({ conversationId: ConversationId, seq: z.int(), session: RoomHead.shape.session });
export type RoomState = z.infer<typeof RoomState>;

/** Applies one event. One already applied changes nothing, so a replay is harmless. */
export function applyEvent(room: RoomView, event: RoomEvent): RoomView {
  if (event.seq <= room.seq) return room;
  const entry = entryOf(event);
  const moved = deliveryAfter(event.fact, event.at);
  return {
    ...room,
    seq: event.seq,
    head: evolveHead(room.head, event),
    entries: entry ? place(room.entries, entry) : room.entries,
    deliveries: moved ? { ...room.deliveries, [moved.messageId]: moved.delivery } : room.deliveries,
  };
}

/** Puts older events, as `room.history` answers them, in front of what is loaded. The head already contains them. */
export function prependHistory(room: RoomView, older: readonly RoomEvent[]): RoomView {
  const unknown = older.filter((event) => event.seq < room.fromSeq);
  const oldest = unknown[0];
  if (!oldest) return room;
  const loaded = foldPage(unknown);
  return {
    ...room,
    fromSeq: oldest.seq,
    entries: [...loaded.entries, ...room.entries].toSorted(compareEntries),
    deliveries: { ...loaded.deliveries, ...room.deliveries },
  };
}

/** Entries and deliveries of one contiguous page of the log. */
export function foldPage(events: readonly RoomEvent[]): Pick<RoomView, 'entries' | 'deliveries'> {
  const entries: Entry[] = [];
  const deliveries: Record<MessageId, Delivery> = {};
  for (const event of events) {
    const entry = entryOf(event);
    if (entry) entries.push(entry);
    const moved = deliveryAfter(event.fact, event.at);
    if (moved) deliveries[moved.messageId] = moved.delivery;
  }
  return { entries: entries.toSorted(compareEntries), deliveries };
}

/**
 * The order of a room: LINE's time for what the customer did, the recorded time for the rest, then `seq`.
 * So shuffled and redelivered webhooks read in the order they were written.
 */
export function compareEntries(a: Entry, b: Entry): number {
  if (a.shownAt !== b.shownAt) return a.shownAt < b.shownAt ? -1 : 1;
  return a.seq - b.seq;
}

/** The line an event adds to a room; null for what shows only as a message's delivery or in the head. */
function entryOf({ seq, at, fact }: RoomEvent): Entry | null {
  switch (fact.type) {
    case 'customer.wrote': {
      const { messageId, content, sentAt } = fact;
      const late = Date.parse(at) - Date.parse(sentAt) > LATE_AFTER_MS;
      return { type: 'message', seq, shownAt: sentAt, messageId, author: { type: 'customer' }, content, late };
    }
    case 'bot.wrote': {
      const { messageId, content } = fact;
      return { type: 'message', seq, shownAt: at, messageId, author: { type: 'bot' }, content, late: false };
    }
    case 'operator.wrote': {
      const { messageId, content, operatorId } = fact;
      const author: Author = { type: 'operator', operatorId };
      return { type: 'message', seq, shownAt: at, messageId, author, content, late: false };
    }
    case 'customer.pressed':
    case 'customer.followed':
    case 'customer.blocked':
    case 'line.reported':
      return { type: 'fact', seq, shownAt: fact.sentAt, fact };
    case 'session.opened':
    case 'session.claimed':
    case 'session.transferred':
    case 'session.closed':
    case 'conversation.teamed':
      return { type: 'fact', seq, shownAt: at, fact };
    case 'customer.profiled':
    case 'delivery.started':
    case 'delivery.sent':
    case 'delivery.delayed':
    case 'delivery.failed':
    case 'delivery.retried':
      return null;
  }
}

/** Most entries belong at the end; a late one is moved back to its time. */
function place(entries: readonly Entry[], entry: Entry): Entry[] {
  let at = entries.length;
  while (at > 0 && compareEntries(entries[at - 1]!, entry) > 0) at -= 1;
  return entries.toSpliced(at, 0, entry);
}

/** Names a room. */
export const Room = z.strictObject({ conversationId: ConversationId });
export type Room = z.infer<typeof Room>;

export const FollowRoom = z.object({
  conversationId: ConversationId,
  /** The last `seq` the client has applied. tRPC fills it in again on every reconnect. */
  lastEventId: z.coerce.number().int().nonnegative().default(0),
});
export type FollowRoom = z.infer<typeof FollowRoom>;

export const RoomHistory = z.strictObject({
  conversationId: ConversationId,
  /** Only events before this `seq`. */
  before: z.int().positive().max(MAX_SEQ),
  limit: z.int().min(1).max(MAX_HISTORY_PAGE).default(ROOM_PAGE),
});
export type RoomHistory = z.infer<typeof RoomHistory>;

export const SendMessage = z.strictObject({
  conversationId: ConversationId,
  /** Made by the composer. Sending it twice sends one message. */
  messageId: z.uuid(),
  content: SendableContent,
});
export type SendMessage = z.infer<typeof SendMessage>;

/** Opens the window onto who is in the room. `viewing`: the tab is in front; one that goes to the back opens it anew. */
export const FollowRoomPresence = z.strictObject({
  conversationId: ConversationId,
  viewing: z.boolean().default(true),
});
export type FollowRoomPresence = z.infer<typeof FollowRoomPresence>;

/** The caller types, or no longer does. Said again at most every few seconds; it ends by itself after {@link TYPING_MS}. */
export const Typing = z.strictObject({ conversationId: ConversationId, typing: z.boolean() });
export type Typing = z.infer<typeof Typing>;

/** How long somebody types who said so once. */
export const TYPING_MS = 3_000;

/**
 * The session that an act on a conversation means: the one on the screen. Where another one has come since, the answer
 * is STALE. Without it the act means whichever is there.
 */
const meant = { sessionId: SessionId.optional() };

export const ClaimRoom = z.strictObject({ conversationId: ConversationId, ...meant });
export type ClaimRoom = z.infer<typeof ClaimRoom>;

export const RetryMessage = z.strictObject({ conversationId: ConversationId, messageId: MessageId });
export type RetryMessage = z.infer<typeof RetryMessage>;

export const TransferRoom = z.strictObject({
  conversationId: ConversationId,
  ...meant,
  to: OperatorId,
  note: Text.trim().max(MAX_NOTE_LENGTH).default(''),
});
export type TransferRoom = z.infer<typeof TransferRoom>;

export const CloseRoom = z.strictObject({
  conversationId: ConversationId,
  ...meant,
  reason: Text.trim().min(1).max(MAX_NOTE_LENGTH).optional(),
});
export type CloseRoom = z.infer<typeof CloseRoom>;

import { z } from 'zod';
import { RoomHead } from './head.ts';
import { ChannelId, ConversationId, type Instant, type OperatorId } from './id.ts';
import { holderOf } from './session.ts';

export const INBOX_PAGE = 50;
export const MAX_INBOX_PAGE = 100;

/** The lists an operator works from. `mine` is the part of `active` that they hold. */
export const InboxView = z.enum(['waiting', 'mine', 'active', 'bot', 'closed', 'all']);
export type InboxView = z.infer<typeof InboxView>;

/** The list that holds a conversation whoever looks: every conversation is in exactly one. */
export const Shelf = z.enum(['waiting', 'active', 'bot', 'closed']);
export type Shelf = z.infer<typeof Shelf>;

/** One conversation in a list. `seq` says how new the row is: of two, the higher wins. */
export const InboxRow = z.object({
  conversationId: ConversationId,
  channelId: ChannelId,
  seq: z.int(),
  head: RoomHead,
});
export type InboxRow = z.infer<typeof InboxRow>;

export const InboxCounts = z.record(InboxView, z.int().nonnegative());
export type InboxCounts = z.infer<typeof InboxCounts>;

/**
 * What changes in a list: a row that changed and belongs to the view, one that left it, or new counts. After `resync`
 * something may have gone unsaid: the list is to be fetched again, and patched from there on.
 */
export const InboxChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('row'), row: InboxRow }),
  z.object({ type: z.literal('gone'), conversationId: ConversationId, seq: z.int() }),
  z.object({ type: z.literal('counts'), counts: InboxCounts }),
  z.object({ type: z.literal('resync') }),
]);
export type InboxChange = z.infer<typeof InboxChange>;

/** One word of `inbox.follow`: everything that changed since the last, in order. */
export type InboxChanges = readonly InboxChange[];

export const InboxList = z.strictObject({
  view: InboxView,
  cursor: z.string().max(200).optional(),
  limit: z.int().min(1).max(MAX_INBOX_PAGE).default(INBOX_PAGE),
});
export type InboxList = z.infer<typeof InboxList>;

export const InboxPage = z.object({ rows: z.array(InboxRow), nextCursor: z.string().nullable() });
export type InboxPage = z.infer<typeof InboxPage>;

export const FollowInbox = z.strictObject({ view: InboxView });
export type FollowInbox = z.infer<typeof FollowInbox>;

export function shelfOf(head: Pick<RoomHead, 'session'>): Shelf {
  switch (head.session?.status) {
    case undefined:
      return 'bot';
    case 'WAITING':
      return 'waiting';
    case 'ACTIVE':
      return 'active';
    case 'CLOSED':
      return 'closed';
  }
}

/** Whether a view shows a conversation to this operator. The server's filter and the SPA's patch both ask it. */
export function belongs(view: InboxView, head: Pick<RoomHead, 'session'>, operatorId: OperatorId): boolean {
  if (view === 'all') return true;
  if (view === 'mine') return holderOf(head.session) === operatorId;
  return shelfOf(head) === view;
}

/** What orders a conversation in its list: the start of the wait, or its last movement. */
export const sortedAt = (head: RoomHead): Instant =>
  head.session?.status === 'WAITING' ? head.session.since : head.activeAt;

/** The order of a view: the longest wait first, everywhere else the newest first. */
export function compareRows(view: InboxView): (a: InboxRow, b: InboxRow) => number {
  const sign = view === 'waiting' ? 1 : -1;
  return (a, b) => {
    const [first, second] = [sortedAt(a.head), sortedAt(b.head)];
    if (first !== second) return first < second ? -sign : sign;
    if (a.conversationId === b.conversationId) return 0;
    return a.conversationId < b.conversationId ? -sign : sign;
  };
}

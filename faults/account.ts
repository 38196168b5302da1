import type { ConversationId, InboxCounts, InboxRow, InboxView, RoomEvent, RoomHead, RoomView } from '@sala/contracts';
import type { Ledger } from './ledger.ts';

/** A conversation as the database has it. */
export type RecordedConversation = {
  conversationId: ConversationId;
  /** The customer's id at LINE. */
  lineId: string;
  createdAt: string;
  lastSeq: number;
  head: RoomHead;
  shelf: string;
  events: readonly RoomEvent[];
  messages: readonly { id: string; seq: number; delivery: string | null }[];
  /** Deliveries that are still owed, or failed for good. */
  deliveries: readonly { messageId: string; state: string }[];
};

export type Recorded = {
  conversations: readonly RecordedConversation[];
  lineEvents: readonly { webhookEventId: string; state: string }[];
};

/** A message that LINE took, in the order in which it took them. */
export type Delivered = { userId: string; retryKey: string | null; lineMessageId: string; text: string };

/** What one subscriber of a room heard, from the event after `from` on, and what it made of it. */
export type RoomHeard = {
  tab: string;
  conversationId: ConversationId;
  from: number;
  events: readonly RoomEvent[];
  /** The fold of what was heard; null for who began at nothing and folds nothing. */
  folded: RoomView | null;
  fresh: RoomView;
};

/** A list that was patched, and the same list fetched anew. */
export type ListHeard = {
  tab: string;
  view: InboxView;
  rows: readonly InboxRow[];
  counts: InboxCounts | null;
  freshRows: readonly InboxRow[];
  freshCounts: InboxCounts;
};

/** Whom a subscriber sees, on the desk or in a room, and who is there. */
export type PresenceHeard = { tab: string; where: string; seen: readonly string[]; there: readonly string[] };

/** The four accounts of what happened: who did it, who kept it, who received it, who watched. */
export type Account = {
  ledger: Ledger;
  recorded: Recorded;
  delivered: readonly Delivered[];
  rooms: readonly RoomHeard[];
  lists: readonly ListHeard[];
  presence: readonly PresenceHeard[];
};

/** What is wrong. `differs`: two accounts that should be one. `untyped`: a foreseen trouble answered as a fault. */
export type Finding = {
  kind: 'lost' | 'doubled' | 'disordered' | 'unresolved' | 'differs' | 'untyped' | 'crashed' | 'late';
  what: string;
};

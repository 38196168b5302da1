import { compareRows, type ConversationId, type InboxRow, type InboxView } from '@sala/contracts';

export interface Arranged {
  rows: InboxRow[];
  /** Rows that stay under the hand although they are in this list no more. */
  left: ReadonlySet<ConversationId>;
  /** Rows that wait for the hand to leave the list. */
  newAbove: number;
}

/**
 * Rows in the order that was held when the pointer came in, each as new as it is known. Rows that came since wait,
 * except those of a further page, which only lengthen the list at its foot.
 */
export function arrange(held: readonly InboxRow[], rows: readonly InboxRow[], view: InboxView): Arranged {
  const newest = new Map(rows.map((row) => [row.conversationId, row]));
  const known = new Set(held.map((row) => row.conversationId));
  const kept = held.map((row) => newest.get(row.conversationId) ?? row);
  const foot = held.at(-1);
  const compare = compareRows(view);
  const unknown = rows.filter((row) => !known.has(row.conversationId));
  const below = foot ? unknown.filter((row) => compare(row, foot) > 0) : unknown;
  const left = new Set([...known].filter((conversationId) => !newest.has(conversationId)));
  return { rows: [...kept, ...below], left, newAbove: unknown.length - below.length };
}

/** A row that somebody else has just taken stays at its place for as long as its news are told. */
export function withLost(rows: InboxRow[], lost: InboxRow | null, view: InboxView): InboxRow[] {
  if (!lost || rows.some((row) => row.conversationId === lost.conversationId)) return rows;
  return [...rows, lost].toSorted(compareRows(view));
}

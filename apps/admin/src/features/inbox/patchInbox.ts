import { compareRows, type InboxChange, type InboxPage, type InboxRow, type InboxView } from '@sala/contracts';
import type { InfiniteData } from '@tanstack/react-query';

/** A page as it is held. `upTo` is the row it was read up to, wherever that row is now; null: up to the list's end. */
export type HeldPage = InboxPage & { upTo: InboxRow | null };

export type InboxPages = InfiniteData<HeldPage>;

export const heldPage = (page: InboxPage): HeldPage => ({
  ...page,
  upTo: page.nextCursor === null ? null : (page.rows.at(-1) ?? null),
});

/** A change of one row. Counts travel on the same stream and are kept apart. */
export type RowChange = Extract<InboxChange, { type: 'row' | 'gone' }>;

export const rowChangeId = (change: RowChange): string =>
  change.type === 'row' ? change.row.conversationId : change.conversationId;

export const rowChangeSeq = (change: RowChange): number => (change.type === 'row' ? change.row.seq : change.seq);

/**
 * Puts a changed row at its place among the pages held, or takes it out. What is held and newer stays. A row that
 * sorts behind everything that was read is left to the page it will come with.
 */
export function patchInbox(held: InboxPages, change: RowChange, view: InboxView): InboxPages {
  const conversationId = rowChangeId(change);
  const known = held.pages.flatMap((page) => page.rows).find((row) => row.conversationId === conversationId);
  if (known && known.seq >= rowChangeSeq(change)) return held;
  if (!known && change.type === 'gone') return held;

  const pages = held.pages.map((page) => ({
    ...page,
    rows: page.rows.filter((row) => row.conversationId !== conversationId),
  }));
  return { ...held, pages: change.type === 'row' ? withRow(pages, change.row, view) : pages };
}

/** The next page begins behind `upTo`, even when that row has left: what sorts before it belongs to this one. */
function withRow(pages: HeldPage[], row: InboxRow, view: InboxView): HeldPage[] {
  const compare = compareRows(view);
  const into = pages.findIndex(({ upTo }) => upTo === null || compare(row, upTo) <= 0);
  return pages.map((page, index) => {
    if (index !== into) return page;
    return { ...page, rows: [...page.rows, row].toSorted(compare) };
  });
}

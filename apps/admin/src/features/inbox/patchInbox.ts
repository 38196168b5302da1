import { compareRows, type InboxChange, type InboxPage, type InboxRow, type InboxView } from '@sala/contracts';
import type { InfiniteData } from '@tanstack/react-query';

export type InboxPages = InfiniteData<InboxPage>;

/** A change of one row. Counts travel on the same stream and are kept apart. */
export type RowChange = Exclude<InboxChange, { type: 'counts' }>;

export const rowChangeId = (change: RowChange): string =>
  change.type === 'row' ? change.row.conversationId : change.conversationId;

export const rowChangeSeq = (change: RowChange): number => (change.type === 'row' ? change.row.seq : change.seq);

/**
 * Puts a changed row at its place among the pages held, or takes it out. What is held and newer stays. A row that
 * sorts behind everything loaded is left to the page it will come with.
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

function withRow(pages: InboxPage[], row: InboxRow, view: InboxView): InboxPage[] {
  const compare = compareRows(view);
  const into = pages.findIndex((page) => {
    const last = page.rows.at(-1);
    return page.nextCursor === null || (last !== undefined && compare(row, last) < 0);
  });
  return pages.map((page, index) => {
    if (index !== into) return page;
    return { ...page, rows: [...page.rows, row].toSorted(compare) };
  });
}

import type { InboxCounts, InboxRow, InboxView } from '@sala/contracts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/live/api.ts';
import { heldPage, type InboxPages } from './patchInbox.ts';
import { RecentChanges } from './recentChanges.ts';

const recent = new Map<InboxView, RecentChanges>();

export function recentChanges(view: InboxView): RecentChanges {
  const known = recent.get(view) ?? new RecentChanges();
  recent.set(view, known);
  return known;
}

/** One list, page by page, kept up to date by its stream. */
export const inboxQuery = (view: InboxView) =>
  infiniteQueryOptions({
    queryKey: ['inbox', view],
    queryFn: async ({ pageParam }) => heldPage(await api.inbox.list.query({ view, cursor: pageParam })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    structuralSharing: (_held, fetched) => recentChanges(view).applyTo(fetched as InboxPages, view),
  });

export const countsQuery = queryOptions({
  queryKey: ['inbox-counts'],
  queryFn: (): Promise<InboxCounts> => api.inbox.counts.query(),
});

export const rowsOf = (pages: InboxPages | undefined): InboxRow[] => pages?.pages.flatMap((page) => page.rows) ?? [];

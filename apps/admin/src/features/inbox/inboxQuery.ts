import type { InboxCounts, InboxRow, InboxView } from '@sala/contracts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/live/api.ts';
import { heldPage, type InboxPages } from './patchInbox.ts';
import { inboxKey, recentChanges } from './recentChanges.ts';

/** One list, page by page, kept up to date by its stream. */
export const inboxQuery = (view: InboxView) =>
  infiniteQueryOptions({
    queryKey: inboxKey(view),
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

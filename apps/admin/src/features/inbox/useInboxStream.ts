import type { InboxChange, InboxView } from '@sala/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../lib/live/api.ts';
import { countsQuery, inboxQuery, recentChanges } from './inboxQuery.ts';
import { patchInbox } from './patchInbox.ts';

/** Keeps a list and the counts live: read again whenever the stream (re)starts, then patched. Null follows nothing. */
export function useInboxStream(view: InboxView | null): void {
  const queryClient = useQueryClient();

  useEffect(() => {
    if (view === null) return;
    const { queryKey } = inboxQuery(view);
    const hear = (change: InboxChange) => {
      if (change.type === 'counts') {
        queryClient.setQueryData(countsQuery.queryKey, change.counts);
        return;
      }
      recentChanges(view).note(change);
      queryClient.setQueryData(queryKey, (held) => held && patchInbox(held, change, view));
    };
    const stream = api.inbox.follow.subscribe(
      { view },
      {
        onStarted: () => {
          void queryClient.invalidateQueries({ queryKey });
          void queryClient.invalidateQueries({ queryKey: countsQuery.queryKey });
        },
        onData: hear,
      },
    );
    return () => stream.unsubscribe();
  }, [view, queryClient]);
}

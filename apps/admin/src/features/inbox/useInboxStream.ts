import type { InboxChange, InboxView } from '@sala/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../lib/live/api.ts';
import { countsQuery, inboxQuery } from './inboxQuery.ts';
import { patchInbox } from './patchInbox.ts';
import { recentChanges } from './recentChanges.ts';

/** Keeps a list and the counts live: read again whenever the stream (re)starts, then patched. Null follows nothing. */
export function useInboxStream(view: InboxView | null): void {
  const queryClient = useQueryClient();

  useEffect(() => {
    if (view === null) return;
    const { queryKey } = inboxQuery(view);
    const readAgain = () => {
      recentChanges(view).beginAgain();
      void queryClient.invalidateQueries({ queryKey });
    };
    const hear = (change: InboxChange) => {
      switch (change.type) {
        case 'resync':
          readAgain();
          void queryClient.invalidateQueries({ queryKey: countsQuery.queryKey });
          return;
        case 'counts':
          // Counts have no number: an answer that is still on its way would undo these.
          void queryClient.cancelQueries({ queryKey: countsQuery.queryKey }, { revert: false, silent: true });
          queryClient.setQueryData(countsQuery.queryKey, change.counts);
          return;
        case 'row':
        case 'gone':
          if (!recentChanges(view).note(change)) return;
          queryClient.setQueryData(queryKey, (held) => held && patchInbox(held, change, view));
      }
    };
    // A stream that begins says the counts by itself; it does not say which rows changed before.
    const stream = api.inbox.follow.subscribe(
      { view },
      { onStarted: readAgain, onData: (changes) => changes.forEach(hear) },
    );
    return () => stream.unsubscribe();
  }, [view, queryClient]);
}

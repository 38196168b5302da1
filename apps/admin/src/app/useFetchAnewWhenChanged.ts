import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { meQuery } from '../lib/desk/me.ts';
import { onIdentityChanged } from '../lib/live/identity.ts';

/**
 * When role or teams have changed, everything that was fetched before is forgotten, and `begin` opens the desk anew: what
 * one may not see any more is not left on the screen. Drafts stay.
 */
export function useFetchAnewWhenChanged(begin: () => void): void {
  const queryClient = useQueryClient();
  const latest = useRef(begin);
  useEffect(() => {
    latest.current = begin;
  });
  useEffect(
    () =>
      onIdentityChanged(() => {
        const fetchAnew = async () => {
          // Without an answer the old rights stay on the screen; the server goes by the new ones all the same.
          await queryClient.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => null);
          queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== meQuery.queryKey[0] });
          latest.current();
        };
        void fetchAnew();
      }),
    [queryClient],
  );
}

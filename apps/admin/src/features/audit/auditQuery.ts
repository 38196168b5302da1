import type { AuditQuery } from '@sala/contracts';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../lib/live/api.ts';

/** The log, a page at a time, the newest first. */
export const auditQuery = (asked: AuditQuery) =>
  infiniteQueryOptions({
    queryKey: ['audit', asked],
    queryFn: ({ pageParam }) => api.audit.list.query({ ...asked, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 0,
  });

/** The same lines as a file. */
export function csvAddress(asked: AuditQuery): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    for (const each of Array.isArray(value) ? value : [value]) if (each) query.append(name, each);
  }
  return query.size > 0 ? `/audit.csv?${query}` : '/audit.csv';
}

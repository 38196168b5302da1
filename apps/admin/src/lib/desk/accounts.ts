import type { Account } from '@sala/contracts';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../live/api.ts';

/** Everybody as an admin sees them, programs and those who are banned too. */
export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: (): Promise<Account[]> => api.operators.accounts.query(),
  staleTime: 0,
});

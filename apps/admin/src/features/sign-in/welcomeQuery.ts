import type { Welcome } from '@sala/contracts';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/live/api.ts';

/** What this desk offers to who is not signed in. Without an answer there is the password. */
export const welcomeQuery = queryOptions({
  queryKey: ['welcome'],
  queryFn: (): Promise<Welcome> => api.account.welcome.query(),
});

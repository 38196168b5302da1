import type { Security } from '@sala/contracts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useAct } from '../../lib/desk/useAct.ts';
import { api } from '../../lib/live/api.ts';

export const securityQuery = queryOptions({
  queryKey: ['security'],
  queryFn: (): Promise<Security> => api.me.security.query(),
  staleTime: 0,
});

/** An act on one's own account: what is shown is asked for again once the server has done it. Null: it was not done. */
export function useSecurityAct<Input, Output>(call: (input: Input) => Promise<Output>) {
  const queryClient = useQueryClient();
  return useAct(async (input: Input) => {
    const output = await call(input);
    await queryClient.invalidateQueries(securityQuery);
    return { output };
  });
}

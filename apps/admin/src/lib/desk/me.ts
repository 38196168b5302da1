import { type ChangeSettings, type Me } from '@sala/contracts';
import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { api } from '../live/api.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: (): Promise<Me> => api.me.get.query(),
});

/** Who is signed in. The desk's layout has asked before anything below it renders. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** Changes one's own settings: at once on the screen, taken back when the server says no. */
export function useChangeSettings() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: ChangeSettings) => api.me.changeSettings.mutate(change),
    onMutate: (change) => {
      const before = queryClient.getQueryData(meQuery.queryKey);
      queryClient.setQueryData(meQuery.queryKey, (me) => me && { ...me, settings: { ...me.settings, ...change } });
      return { before };
    },
    onSuccess: (me) => queryClient.setQueryData(meQuery.queryKey, me),
    onError: (_error, _change, context) => queryClient.setQueryData(meQuery.queryKey, context?.before),
  });
}

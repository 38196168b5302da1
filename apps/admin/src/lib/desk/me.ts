import { type ChangeSettings, type Me } from '@sala/contracts';
import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../live/api.ts';
import { onTabNews, tellTabs } from './tabs.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: (): Promise<Me> => api.me.get.query(),
});

/** Who is signed in. The desk's layout has asked before anything below it renders. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** Settings that were changed in another tab are this tab's, too. Mounted once, by the desk itself. */
export function useSettingsOfOtherTabs(): void {
  const queryClient = useQueryClient();
  useEffect(
    () =>
      onTabNews((news) => {
        if (news.type === 'settingsChanged') void queryClient.invalidateQueries(meQuery);
      }),
    [queryClient],
  );
}

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
    onSuccess: (me) => {
      queryClient.setQueryData(meQuery.queryKey, me);
      tellTabs({ type: 'settingsChanged' });
    },
    onError: (_error, _change, context) => queryClient.setQueryData(meQuery.queryKey, context?.before),
  });
}

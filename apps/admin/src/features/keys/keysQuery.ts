import type { AddKey, ApiKey } from '@sala/contracts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/live/api.ts';
import { useAct } from '../../lib/desk/useAct.ts';

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: (): Promise<ApiKey[]> => api.keys.list.query(),
  staleTime: 0,
});

/** Makes a key. The answer alone has its secret. */
export function useAddKey() {
  const queryClient = useQueryClient();
  return useAct(async (key: AddKey) => {
    const added = await api.keys.add.mutate(key);
    void queryClient.invalidateQueries(keysQuery);
    return added;
  });
}

export function useRemoveKey(key: ApiKey) {
  const queryClient = useQueryClient();
  return useAct(async () => {
    await api.keys.remove.mutate({ keyId: key.keyId });
    await queryClient.invalidateQueries(keysQuery);
    return true;
  });
}

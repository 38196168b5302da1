import { applyPresence, type Operator, type OperatorId } from '@sala/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../live/api.ts';

const PRESENT = ['presence'];

/** Keeps who is on the desk up to date. Mounted once, by the desk itself. */
export function usePresenceStream(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const stream = api.presence.follow.subscribe(undefined, {
      onData: (change) => queryClient.setQueryData<Operator[]>(PRESENT, (held) => applyPresence(held ?? [], change)),
      // Refused for good: nobody is shown as present, and nothing else depends on it.
      onError: () => queryClient.setQueryData<Operator[]>(PRESENT, []),
    });
    return () => stream.unsubscribe();
  }, [queryClient]);
}

/** The operators who have the desk open now. */
export function usePresent(): ReadonlySet<OperatorId> {
  const { data } = useQuery({
    queryKey: PRESENT,
    // Only the stream writes here.
    queryFn: (): Operator[] => [],
    enabled: false,
    select: (present) => new Set(present.map((one) => one.operatorId)),
  });
  return data ?? NOBODY;
}
const NOBODY: ReadonlySet<OperatorId> = new Set();

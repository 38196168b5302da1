import { applyPresence, type Availability, type OnDesk, type OperatorId, type PresenceChanges } from '@sala/contracts';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useEffectEvent } from 'react';
import { api } from '../live/api.ts';
import { keepAvailability, keptAvailability } from './keptAvailability.ts';
import { useMe } from './me.ts';

const PRESENT = ['presence'];

/** Keeps who is on the desk up to date. Mounted once, by the desk itself. */
export function usePresenceStream(): void {
  const queryClient = useQueryClient();
  const { operatorId } = useMe();
  const own = useAvailabilityOf(operatorId);
  const lastKnown = useEffectEvent(() => own ?? keptAvailability(operatorId));

  useEffect(() => {
    if (own) keepAvailability(operatorId, own);
  }, [operatorId, own]);

  useEffect(() => {
    const stream = api.presence.follow.subscribe(
      {
        // Read each time the stream begins, on a server that was restarted for example: it says what was last known.
        get availability() {
          return lastKnown();
        },
      },
      {
        onData: (changes) => patchPresence(queryClient, changes),
        // Refused for good: nobody is shown as present, and nothing else depends on it.
        onError: () => patchPresence(queryClient, [{ type: 'snapshot', operators: [] }]),
      },
    );
    return () => stream.unsubscribe();
  }, [queryClient]);
}

/** Whether each operator takes conversations. Who does not have the desk open is not in it. */
export const useAvailabilities = (): ReadonlyMap<OperatorId, Availability> => useOnDesk(availabilitiesOf) ?? NOTHING;
const NOTHING: ReadonlyMap<OperatorId, Availability> = new Map();

/** As the server knows it; null for who does not have the desk open. */
export function useAvailabilityOf(operatorId: OperatorId): Availability | null {
  const select = useCallback(
    (present: OnDesk[]) => present.find((one) => one.operatorId === operatorId)?.availability ?? null,
    [operatorId],
  );
  return useOnDesk(select) ?? null;
}

/**
 * Says whether one takes conversations. On the screen it is so once the server has taken it; until then it is `asked`.
 */
export function useSayAvailability() {
  const queryClient = useQueryClient();
  const me = useMe();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: (availability: Availability) => api.presence.set.mutate({ availability }),
    onSuccess: (_answer, availability) => {
      const { operatorId, name, role } = me;
      patchPresence(queryClient, [{ type: 'changed', operator: { operatorId, name, role, availability } }]);
    },
  });
  return { say: mutate, asked: isPending ? variables : null, error };
}

function patchPresence(queryClient: QueryClient, changes: PresenceChanges): void {
  queryClient.setQueryData<OnDesk[]>(PRESENT, (held) => applyPresence(held ?? [], changes));
}

function useOnDesk<Selected>(select: (present: OnDesk[]) => Selected): Selected | undefined {
  const { data } = useQuery({
    queryKey: PRESENT,
    // Only the stream writes here.
    queryFn: (): OnDesk[] => [],
    enabled: false,
    select,
  });
  return data;
}

const availabilitiesOf = (present: OnDesk[]) => new Map(present.map((one) => [one.operatorId, one.availability]));

import type { ChangeAccount, Invitation, Invite, OperatorId } from '@sala/contracts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { accountsQuery } from '../../lib/desk/accounts.ts';
import { operatorsQuery } from '../../lib/desk/operators.ts';
import { useAct } from '../../lib/desk/useAct.ts';
import { api } from '../../lib/live/api.ts';

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: (): Promise<Invitation[]> => api.operators.invitations.query(),
  staleTime: 0,
});

/** An act on somebody's account: what is shown is asked for again once the server has done it. */
function usePeopleAct<Input, Output>(call: (input: Input) => Promise<Output>) {
  const queryClient = useQueryClient();
  return useAct(async (input: Input) => {
    const output = await call(input);
    await Promise.all(
      [accountsQuery, invitationsQuery, operatorsQuery].map(({ queryKey }) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    );
    return { output };
  });
}

export const useInvite = () => usePeopleAct((who: Invite) => api.operators.invite.mutate(who));

export const useWithdraw = ({ invitationId }: Invitation) =>
  usePeopleAct(() => api.operators.withdraw.mutate({ invitationId }));

export const useChangeAccount = (operatorId: OperatorId) =>
  usePeopleAct((change: Omit<ChangeAccount, 'operatorId'>) => api.operators.change.mutate({ operatorId, ...change }));

export const useBan = (operatorId: OperatorId) =>
  usePeopleAct(() => api.operators.change.mutate({ operatorId, banned: true }));

export const useEndSignIns = (operatorId: OperatorId) =>
  usePeopleAct(() => api.operators.endSignIns.mutate({ operatorId }));

export const useResetSecondFactor = (operatorId: OperatorId) =>
  usePeopleAct(() => api.operators.resetSecondFactor.mutate({ operatorId }));

export const useResetLink = (operatorId: OperatorId) =>
  usePeopleAct(() => api.operators.resetLink.mutate({ operatorId }));

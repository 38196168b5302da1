import { AddOperator, AddService, ChangeAccount, Invite, OneAccount, OneInvitation } from '@sala/contracts';
import * as accounts from '../account/accounts.ts';
import * as invitations from '../account/invitations.ts';
import { operatorProcedure, router } from '../trpc/trpc.ts';
import { addService } from './addService.ts';
import { add } from './operators.ts';

export const operatorsRouter = router({
  /** Everybody on the desk, by name: for telling who wrote, and for choosing whom to transfer to. */
  list: operatorProcedure.meta({ scope: 'read' }).query(({ ctx }) => ctx.operators.list()),
  /** Adds somebody to the desk, with a first password. For admins. */
  add: operatorProcedure.input(AddOperator).mutation(({ ctx, input }) => add(ctx, input)),
  /** Adds an operator that programs act as, by keys; nobody signs in as it. For admins. */
  addService: operatorProcedure
    .meta({ scope: 'manage' })
    .input(AddService)
    .mutation(({ ctx, input }) => addService(ctx, input)),
  /** Everybody with an account: address, role, ban, second factor, sign-ins. For admins, as all below. */
  accounts: operatorProcedure.meta({ scope: 'manage' }).query(({ ctx }) => accounts.accounts(ctx)),
  /** Changes what is named of somebody: name, role, ban. Nobody their own role or ban, and never the last admin's. */
  change: operatorProcedure
    .meta({ scope: 'manage' })
    .input(ChangeAccount)
    .mutation(({ ctx, input }) => accounts.change(ctx, input)),
  /** Ends all sign-ins of somebody. */
  endSignIns: operatorProcedure
    .meta({ scope: 'manage' })
    .input(OneAccount)
    .mutation(({ ctx, input }) => accounts.endSignIns(ctx, input)),
  /** Takes away the second factor of somebody who has lost it, and ends their sign-ins. Not for keys. */
  resetSecondFactor: operatorProcedure
    .input(OneAccount)
    .mutation(({ ctx, input }) => accounts.resetSecondFactor(ctx, input)),
  /** A link for somebody's new password, to be passed on. Not for keys. */
  resetLink: operatorProcedure.input(OneAccount).mutation(({ ctx, input }) => accounts.resetLink(ctx, input)),
  /** Invites an address by a link that works once. Not for keys. */
  invite: operatorProcedure.input(Invite).mutation(({ ctx, input }) => invitations.invite(ctx, input)),
  /** Who was invited and has not come. */
  invitations: operatorProcedure.meta({ scope: 'manage' }).query(({ ctx }) => invitations.invitations(ctx)),
  /** Takes an invitation back. */
  withdraw: operatorProcedure
    .meta({ scope: 'manage' })
    .input(OneInvitation)
    .mutation(({ ctx, input }) => invitations.withdraw(ctx, input)),
});

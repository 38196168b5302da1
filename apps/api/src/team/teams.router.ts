import { AddTeam, ChangeTeam, OneTeam } from '@sala/contracts';
import { operatorProcedure, router } from '../trpc/trpc.ts';
import * as teams from './teams.ts';

export const teamsRouter = router({
  /** Every team with who is in it: for telling whose a conversation is, and for choosing whom to give it to. */
  list: operatorProcedure.meta({ scope: 'read' }).query(({ ctx }) => teams.list(ctx)),
  /** Makes a team. For admins. */
  add: operatorProcedure
    .meta({ scope: 'manage' })
    .input(AddTeam)
    .mutation(({ ctx, input }) => teams.add(ctx, input)),
  /** Names a team otherwise, or says anew who is in it. For admins. */
  change: operatorProcedure
    .meta({ scope: 'manage' })
    .input(ChangeTeam)
    .mutation(({ ctx, input }) => teams.change(ctx, input)),
  /** Ends a team; its conversations belong to nobody in particular afterwards. For admins. */
  remove: operatorProcedure
    .meta({ scope: 'manage' })
    .input(OneTeam)
    .mutation(({ ctx, input }) => teams.remove(ctx, input)),
});

import { ChangeDeskSettings } from '@sala/contracts';
import { operatorProcedure, router } from '../trpc/trpc.ts';
import { change } from './settings.ts';

export const settingsRouter = router({
  /** What holds for the whole desk: who sees the conversations of no team. */
  get: operatorProcedure.meta({ scope: 'read' }).query(({ ctx }) => ctx.settings.get()),
  /** Changes what is named and leaves the rest. For admins. */
  change: operatorProcedure
    .meta({ scope: 'manage' })
    .input(ChangeDeskSettings)
    .mutation(({ ctx, input }) => change(ctx, input)),
});

import { ChangeSettings } from '@sala/contracts';
import { operatorProcedure, router } from '../trpc/trpc.ts';
import * as me from './me.ts';

export const meRouter = router({
  /** Who is signed in, their role, permissions and settings. */
  get: operatorProcedure.query(({ ctx }) => me.get(ctx)),
  /** Changes one's own settings: language, theme, send key. */
  changeSettings: operatorProcedure.input(ChangeSettings).mutation(({ ctx, input }) => me.changeSettings(ctx, input)),
});

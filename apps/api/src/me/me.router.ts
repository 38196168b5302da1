import { ChangeSettings, FollowNotices } from '@sala/contracts';
import { operatorProcedure, router } from '../trpc/trpc.ts';
import { followNotices } from './notices.stream.ts';
import * as me from './me.ts';

export const meRouter = router({
  /** Who is signed in, their role, permissions and settings. */
  get: operatorProcedure.meta({ scope: 'read' }).query(({ ctx }) => me.get(ctx)),
  /** What concerns the caller alone: how the server stands, first and whenever it changes; conversations given to them. */
  follow: operatorProcedure
    .meta({ scope: 'read' })
    .input(FollowNotices)
    .subscription(({ ctx, input }) => followNotices(ctx, input, ctx.signal)),
  /** Changes one's own settings: language, theme, send key, sound. */
  changeSettings: operatorProcedure.input(ChangeSettings).mutation(({ ctx, input }) => me.changeSettings(ctx, input)),
});

import { FollowPresence, SetPresence } from '@sala/contracts';
import { lingerMs } from '../deps.ts';
import { operatorProcedure, router } from '../trpc/trpc.ts';

export const presenceRouter = router({
  /** Who is on the desk: a snapshot first, then who comes, changes and leaves. While open, the caller is on it. */
  follow: operatorProcedure
    .meta({ scope: 'read' })
    .input(FollowPresence)
    .subscription(({ ctx, input }) =>
      ctx.presence.follow(ctx.operator, { ...input, lingerMs: lingerMs(ctx), wire: ctx.wire }, ctx.signal),
    ),
  /** Whether the caller takes conversations: online, away or offline. It holds while any of their tabs is open. */
  set: operatorProcedure
    .meta({ scope: 'write' })
    .input(SetPresence)
    .mutation(({ ctx, input }) => ctx.presence.say(ctx.operator, input.availability)),
});

import { operatorProcedure, router } from '../trpc/trpc.ts';

export const presenceRouter = router({
  /** Who is on the desk: a snapshot first, then who comes and who leaves. While open, the caller is on it. */
  follow: operatorProcedure.subscription(({ ctx, signal }) =>
    ctx.presence.follow(ctx.operator, signal ?? new AbortController().signal),
  ),
});

import { operatorProcedure, router } from '../trpc/trpc.ts';

export const operatorsRouter = router({
  /** Everybody on the desk, by name: for telling who wrote, and for choosing whom to transfer to. */
  list: operatorProcedure.query(({ ctx }) => ctx.operators.list()),
});

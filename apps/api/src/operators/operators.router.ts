import { AddOperator, AddService } from '@sala/contracts';
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
});

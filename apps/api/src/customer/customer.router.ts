import { Room } from '@sala/contracts';
import { operatorProcedure, router } from '../trpc/trpc.ts';
import * as customer from './customer.ts';

export const customerRouter = router({
  /** Since when the customer is known, and their sessions. */
  get: operatorProcedure
    .meta({ scope: 'read' })
    .input(Room)
    .query(({ ctx, input }) => customer.get(ctx, input)),
});

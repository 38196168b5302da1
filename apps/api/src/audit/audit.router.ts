import { AuditList, AuditQuery } from '@sala/contracts';
import { operatorProcedure, router } from '../trpc/trpc.ts';
import * as audit from './audit.ts';

export const auditRouter = router({
  /** One page of everything sensitive that was done, the newest first. For admins, and for keys with the scope `audit`. */
  list: operatorProcedure
    .meta({ scope: 'audit' })
    .input(AuditList)
    .query(({ ctx, input }) => audit.list(ctx, input)),
  /** All of it that matches, in pages, then the stream ends. The export itself is written down. `GET /audit.csv` is this as a file. */
  export: operatorProcedure
    .meta({ scope: 'audit' })
    .input(AuditQuery)
    .subscription(({ ctx, input }) => audit.exported(ctx, input, ctx.signal)),
});

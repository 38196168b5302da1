import { FollowInbox, InboxList } from '@sala/contracts';
import { operatorProcedure, router } from '../trpc/trpc.ts';
import { counts } from './counts.ts';
import * as inbox from './inbox.ts';

export const inboxRouter = router({
  /** One page of a view. */
  list: operatorProcedure
    .meta({ scope: 'read' })
    .input(InboxList)
    .query(({ ctx, input }) => inbox.list(ctx, input)),
  /** How many conversations each view holds. */
  counts: operatorProcedure.meta({ scope: 'read' }).query(({ ctx }) => counts(ctx)),
  /** The counts now, then every change of a view. After a lost connection: fetch the list again, then patch. */
  follow: operatorProcedure
    .meta({ scope: 'read' })
    .input(FollowInbox)
    .subscription(({ ctx, input }) => inbox.follow(ctx, input, ctx.signal)),
});

import { AddKey, OneKey } from '@sala/contracts';
import { operatorProcedure, router } from '../trpc/trpc.ts';
import * as keys from './keys.ts';

/** No key may call these: one that leaks could make itself successors. */
export const keysRouter = router({
  /** One's own keys, the newest first; for admins everybody's. Never their secrets. */
  list: operatorProcedure.query(({ ctx }) => keys.list(ctx)),
  /** A new key of one's own or, for admins, of a service account. Its secret is in the answer, and nowhere else. */
  add: operatorProcedure.input(AddKey).mutation(({ ctx, input }) => keys.add(ctx, input)),
  /** Ends a key at once, also on sockets that are open. One's own; for admins anybody's. */
  remove: operatorProcedure.input(OneKey).mutation(({ ctx, input }) => keys.remove(ctx, input)),
});

import { auditRouter } from '../audit/audit.router.ts';
import { accountRouter } from '../account/account.router.ts';
import { channelsRouter } from '../channels/channels.router.ts';
import { customerRouter } from '../customer/customer.router.ts';
import { inboxRouter } from '../inbox/inbox.router.ts';
import { keysRouter } from '../keys/keys.router.ts';
import { meRouter } from '../me/me.router.ts';
import { operatorsRouter } from '../operators/operators.router.ts';
import { presenceRouter } from '../presence/presence.router.ts';
import { roomRouter } from '../room/room.router.ts';
import { settingsRouter } from '../settings/settings.router.ts';
import { teamsRouter } from '../team/teams.router.ts';
import { createCallerFactory, router } from './trpc.ts';

export const appRouter = router({
  account: accountRouter,
  me: meRouter,
  inbox: inboxRouter,
  room: roomRouter,
  customer: customerRouter,
  presence: presenceRouter,
  operators: operatorsRouter,
  channels: channelsRouter,
  teams: teamsRouter,
  settings: settingsRouter,
  keys: keysRouter,
  audit: auditRouter,
});

/** What typed clients import. */
export type AppRouter = typeof appRouter;

/** Calls the procedures without a network: for tests and for whatever runs in the same process. */
export const createCaller = createCallerFactory(appRouter);

import { AcceptInvitation, ForgotPassword, LinkMeant, ResetPassword, SetUp } from '@sala/contracts';
import { publicProcedure, router } from '../trpc/trpc.ts';
import * as invitations from './invitations.ts';
import * as passwords from './passwords.ts';
import * as setUp from './setUp.ts';

/** For people whom nobody knows yet: calls of one address are counted. None of them signs anybody in. */
export const accountRouter = router({
  /** What the sign-in page offers, and whether the desk has nobody yet. */
  welcome: publicProcedure.query(({ ctx }) => setUp.welcome(ctx)),
  /** Makes the first admin, with the code that the server prints while the desk has nobody. */
  setUp: publicProcedure.input(SetUp).mutation(({ ctx, input }) => setUp.setUp(ctx, input)),
  /** Whom an invitation is for; NOT_FOUND for one that is none, was used or has run out. */
  invitation: publicProcedure.input(LinkMeant).mutation(({ ctx, input }) => invitations.meant(ctx, input)),
  /** Comes to the desk by an invitation, once. */
  join: publicProcedure.input(AcceptInvitation).mutation(({ ctx, input }) => invitations.join(ctx, input)),
  /** Asks for a link for a new password, by mail. The answer is the same whoever has the address. */
  forgot: publicProcedure.input(ForgotPassword).mutation(({ ctx, input }) => passwords.forgot(ctx, input)),
  /** Whose new password a link is for; NOT_FOUND for one that is none, was used or has run out. */
  resetMeant: publicProcedure.input(LinkMeant).mutation(({ ctx, input }) => passwords.resetMeant(ctx, input)),
  /** Chooses a new password by a link, once. All sign-ins of its operator end. */
  reset: publicProcedure.input(ResetPassword).mutation(({ ctx, input }) => passwords.reset(ctx, input)),
});

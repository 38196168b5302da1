import {
  BeginSecondFactor,
  ChangePassword,
  ChangeSettings,
  ConfirmSecondFactor,
  EndSignIn,
  FollowNotices,
  RenewTicket,
} from '@sala/contracts';
import * as passwords from '../account/passwords.ts';
import * as secondFactor from '../account/secondFactor.ts';
import * as signIns from '../account/signIns.ts';
import * as tickets from '../account/tickets.ts';
import { operatorProcedure, router } from '../trpc/trpc.ts';
import { followNotices } from './notices.stream.ts';
import * as me from './me.ts';

export const meRouter = router({
  /** Who is signed in, their role, permissions and settings. */
  get: operatorProcedure.meta({ scope: 'read' }).query(({ ctx }) => me.get(ctx)),
  /** What concerns the caller alone: how the server stands, first and whenever it changes; conversations given to them. */
  follow: operatorProcedure
    .meta({ scope: 'read' })
    .input(FollowNotices)
    .subscription(({ ctx, input }) => followNotices(ctx, input, ctx.signal)),
  /** Changes one's own settings: language, theme, send key, sound. */
  changeSettings: operatorProcedure.input(ChangeSettings).mutation(({ ctx, input }) => me.changeSettings(ctx, input)),
  /** What keeps one's account, and where one is signed in. Not for keys, as all below. */
  security: operatorProcedure.query(({ ctx }) => signIns.security(ctx)),
  /** A new password, by the old one. All other sign-ins end. */
  changePassword: operatorProcedure
    .input(ChangePassword)
    .mutation(({ ctx, input }) => passwords.changePassword(ctx, input)),
  /** Ends one of one's sign-ins. */
  endSignIn: operatorProcedure.input(EndSignIn).mutation(({ ctx, input }) => signIns.endSignIn(ctx, input)),
  /** Ends all of one's sign-ins but this one. */
  endOtherSignIns: operatorProcedure.mutation(({ ctx }) => signIns.endOtherSignIns(ctx)),
  /** Begins a second factor: what the authenticator app is given, and the backup codes, told once. */
  beginSecondFactor: operatorProcedure
    .input(BeginSecondFactor)
    .mutation(({ ctx, input }) => secondFactor.begin(ctx, input)),
  /** The first code of the app: from here on one is asked for at every sign-in. */
  confirmSecondFactor: operatorProcedure
    .input(ConfirmSecondFactor)
    .mutation(({ ctx, input }) => secondFactor.confirm(ctx, input)),
  /** Takes one's second factor away, by the password. */
  endSecondFactor: operatorProcedure
    .input(BeginSecondFactor)
    .mutation(({ ctx, input }) => secondFactor.end(ctx, input)),
  /** A ticket for a socket of a client that brings no cookie: good for five minutes. */
  socketTicket: operatorProcedure.mutation(({ ctx }) => tickets.socketTicket(ctx)),
  /** Keeps the socket that asks open by a newer ticket of the same sign-in. */
  renewTicket: operatorProcedure
    .meta({ renews: true })
    .input(RenewTicket)
    .mutation(({ ctx, input }) => tickets.renewTicket(ctx, input)),
  /** New backup codes in place of the old, by the password; told once. */
  newBackupCodes: operatorProcedure
    .input(BeginSecondFactor)
    .mutation(({ ctx, input }) => secondFactor.newBackupCodes(ctx, input)),
});

import { z } from 'zod';
import { Instant, OperatorId } from './id.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, Role } from './operator.ts';
import { Text } from './text.ts';

/** An address mail is sent to; small letters only, so that one person has one. */
export const Email = z.email().max(254).toLowerCase();

export const Password = z.string().min(MIN_PASSWORD_LENGTH).max(MAX_PASSWORD_LENGTH);

/** How long an invitation, and a link for a new password, may be used: once. */
export const INVITATION_HOURS = 72;
export const RESET_MINUTES = 30;

/** The secret of a link: 32 bytes of chance in base64url. It stands behind the `#`, which no server and no log sees. */
export const LinkToken = z.string().regex(/^[\w-]{43}$/);

/** One browser that is signed in. `current` is the one that asks. */
export const SignIn = z.object({
  signInId: z.string(),
  current: z.boolean(),
  begunAt: Instant,
  usedAt: Instant,
  address: z.string().nullable(),
  userAgent: z.string().max(500).nullable(),
});
export type SignIn = z.infer<typeof SignIn>;

export const EndSignIn = z.strictObject({ signInId: z.string().min(1).max(64) });
export type EndSignIn = z.infer<typeof EndSignIn>;

/** What keeps somebody's account: shown in their settings. `backupCodes` is how many are left. */
export const Security = z.object({
  hasPassword: z.boolean(),
  secondFactor: z.boolean(),
  backupCodes: z.int().nonnegative(),
  signIns: z.array(SignIn),
});
export type Security = z.infer<typeof Security>;

/** A new password for oneself. All other sign-ins end. */
export const ChangePassword = z.strictObject({ current: z.string().max(MAX_PASSWORD_LENGTH), next: Password });
export type ChangePassword = z.infer<typeof ChangePassword>;

/** A code of six digits from an authenticator app. */
export const TotpCode = z.string().regex(/^\d{6}$/);

/** Begins the second factor: the password again, so that an open screen is not enough. */
export const BeginSecondFactor = z.strictObject({ password: z.string().max(MAX_PASSWORD_LENGTH) });
export type BeginSecondFactor = z.infer<typeof BeginSecondFactor>;

/** What an authenticator app is given (`otpauth:` address), and the codes for the day it is lost: told once. */
export const SecondFactorBegun = z.object({ uri: z.string(), backupCodes: z.array(z.string()) });
export type SecondFactorBegun = z.infer<typeof SecondFactorBegun>;

export const ConfirmSecondFactor = z.strictObject({ code: TotpCode });
export type ConfirmSecondFactor = z.infer<typeof ConfirmSecondFactor>;

/** Somebody asked to the desk and not there yet. */
export const Invitation = z.object({
  invitationId: z.string(),
  email: z.string(),
  name: z.string(),
  role: Role,
  invitedBy: OperatorId,
  expiresAt: Instant,
});
export type Invitation = z.infer<typeof Invitation>;

export const Invite = z.strictObject({ email: Email, name: Text.trim().min(1).max(100), role: Role });
export type Invite = z.infer<typeof Invite>;

/** The invitation with its link. `mailed`: it went by mail; the link is told to who invites in any case. */
export const Invited = z.object({ invitation: Invitation, link: z.url(), mailed: z.boolean() });
export type Invited = z.infer<typeof Invited>;

export const OneInvitation = z.strictObject({ invitationId: z.string().min(1).max(64) });
export type OneInvitation = z.infer<typeof OneInvitation>;

/** What the page behind a link asks before it shows its form. */
export const LinkMeant = z.strictObject({ token: LinkToken });
export type LinkMeant = z.infer<typeof LinkMeant>;

export const AcceptInvitation = z.strictObject({
  token: LinkToken,
  name: Text.trim().min(1).max(100),
  password: Password,
});
export type AcceptInvitation = z.infer<typeof AcceptInvitation>;

/** Asks for a link for a new password. The answer is the same whether anybody has the address. */
export const ForgotPassword = z.strictObject({ email: Email });
export type ForgotPassword = z.infer<typeof ForgotPassword>;

export const ResetPassword = z.strictObject({ token: LinkToken, password: Password });
export type ResetPassword = z.infer<typeof ResetPassword>;

/** The first admin of a desk that has nobody yet; `code` is printed by the server when it starts without ADMIN_EMAIL. */
export const SetUp = z.strictObject({
  code: z.string().min(1).max(100),
  email: Email,
  name: Text.trim().min(1).max(100),
  password: Password,
});
export type SetUp = z.infer<typeof SetUp>;

/** What the sign-in page offers: asked before anybody is known. */
export const Welcome = z.object({
  needsSetUp: z.boolean(),
  oidc: z.string().nullable(),
  passkeys: z.boolean(),
  mail: z.boolean(),
});
export type Welcome = z.infer<typeof Welcome>;

/** An operator as an admin sees them. */
export const Account = z.object({
  operatorId: OperatorId,
  name: z.string(),
  email: z.string(),
  role: Role,
  service: z.boolean(),
  banned: z.boolean(),
  secondFactor: z.boolean(),
  signIns: z.int().nonnegative(),
  usedAt: Instant.nullable(),
});
export type Account = z.infer<typeof Account>;

export const ChangeAccount = z.strictObject({
  operatorId: OperatorId,
  name: Text.trim().min(1).max(100).optional(),
  role: Role.optional(),
  banned: z.boolean().optional(),
});
export type ChangeAccount = z.infer<typeof ChangeAccount>;

export const OneAccount = z.strictObject({ operatorId: OperatorId });
export type OneAccount = z.infer<typeof OneAccount>;

/** A ticket for a socket of a client without cookies: good for five minutes, renewed on the open socket. */
export const SocketTicket = z.object({ ticket: z.string(), expiresAt: Instant });
export type SocketTicket = z.infer<typeof SocketTicket>;
export const RenewTicket = z.strictObject({ ticket: z.string().min(1).max(2_000) });
export type RenewTicket = z.infer<typeof RenewTicket>;

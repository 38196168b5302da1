import {
  type ChangePassword,
  type ForgotPassword,
  type LinkMeant,
  type OperatorId,
  refuse,
  RefusalError,
  RESET_MINUTES,
  type ResetPassword,
  type Security,
} from '@sala/contracts';
import { hashPassword, isPassword } from '../auth/password.ts';
import type { Caller, Deps } from '../deps.ts';
import type { Visitor } from '../trpc/trpc.ts';
import { linkMeant, makeLink, redeem } from './links.ts';
import { endAllOf, endOthers, security } from './signIns.ts';

const GOOD_FOR_MS = RESET_MINUTES * 60_000;

/** Somebody and their own password, again: an open screen is not enough. Guesses are counted. @throws INVALID, RATE_LIMITED */
export async function assertPassword(caller: Caller, password: string, path: string): Promise<void> {
  const { db, operator, tries, address } = caller;
  const tried = await tries.begin('password', { account: operator.operatorId, address });
  const credential = await db.prisma.credential.findFirst({
    where: { userId: operator.operatorId, providerId: 'credential' },
  });
  if (!credential?.password || !(await isPassword(credential.password, password)))
    refuse({ code: 'INVALID', issues: [{ path, code: 'wrong', message: 'is not the password' }] });
  await tried.wasRight();
}

/** A new password for the caller, who says the old one. All their other sign-ins end. @throws INVALID, RATE_LIMITED */
export async function changePassword(caller: Caller, { current, next }: ChangePassword): Promise<Security> {
  const { operatorId, name } = caller.operator;
  await assertPassword(caller, current, 'current');
  await write(caller.db.pool, caller.clock(), operatorId, await hashPassword(next));
  await caller.audit.write(caller, { action: 'password.changed', subject: { type: 'operator', id: operatorId, name } });
  await endOthers(caller);
  return security(caller);
}

/**
 * Mails a link for a new password to whoever has the address. What is found out is found out after the answer, which is
 * the same for everybody and as fast.
 */
export function forgot(visitor: Visitor, { email }: ForgotPassword): void {
  sendLink(visitor, email).catch((error: unknown) => {
    if (error instanceof RefusalError) return; // so many letters are enough, and nobody is told
    visitor.log.error({ err: error }, 'a link could not be mailed');
  });
}

async function sendLink(visitor: Visitor, email: string): Promise<void> {
  const { db, mail } = visitor;
  const person = mail && (await db.prisma.operator.findUnique({ where: { email } }));
  if (!mail || !person || person.banned || person.service) return;
  await visitor.tries.begin('forgot', { account: email, address: null });
  const { url } = await resetLinkFor(visitor, person, null);
  await visitor.audit.write(visitor, {
    action: 'password.resetAsked',
    subject: { type: 'operator', id: person.id, name: person.name },
  });
  await mail.send({
    to: email,
    subject: 'A new password for Sala',
    text: `Choose a new password here, within ${RESET_MINUTES} minutes:\n${url}\n\nIf you did not ask for it, nothing has changed.\n`,
  });
}

/** A link by which `person` chooses a new password. */
export async function resetLinkFor(
  deps: Deps,
  person: { id: OperatorId; email: string },
  createdBy: OperatorId | null,
): Promise<{ url: string; expiresAt: Date }> {
  const { row, url } = await makeLink(deps, {
    kind: 'reset',
    email: person.email,
    name: null,
    role: null,
    operatorId: person.id,
    createdBy,
    goodForMs: GOOD_FOR_MS,
  });
  return { url, expiresAt: row.expiresAt };
}

/** Whose new password a link is for. @throws NOT_FOUND */
export async function resetMeant(visitor: Visitor, { token }: LinkMeant): Promise<{ email: string }> {
  const { email } = await linkMeant(visitor, 'reset', token);
  return { email };
}

/** A new password by a link, which is used up by it. All sign-ins of its operator end; nobody is signed in. @throws NOT_FOUND */
export async function reset(visitor: Visitor, { token, password }: ResetPassword): Promise<{ email: string }> {
  const { email } = await linkMeant(visitor, 'reset', token); // before the password costs anything
  const hash = await hashPassword(password);
  const operatorId = await redeem(visitor, 'reset', token, async (link, client) => {
    await write(client, visitor.clock(), link.operatorId!, hash);
    await client.query(`delete from "Link" where kind = 'reset' and "operatorId" = $1 and "usedAt" is null`, [
      link.operatorId,
    ]);
    return link.operatorId!;
  });
  await visitor.audit.write(visitor, {
    action: 'password.reset',
    subject: { type: 'operator', id: operatorId, name: email },
  });
  await endAllOf(visitor, operatorId);
  return { email };
}

type Queries = { query: (text: string, values: unknown[]) => Promise<unknown> };

const write = (to: Queries, now: Date, operatorId: OperatorId, hash: string): Promise<unknown> =>
  to.query(
    `update "Credential" set password = $2, "updatedAt" = $3 where "userId" = $1 and "providerId" = 'credential'`,
    [operatorId, hash, now],
  );

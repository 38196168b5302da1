import { type EndSignIn, type OperatorId, refuse, type Security, type SignIn } from '@sala/contracts';
import type { Caller, Deps } from '../deps.ts';

/** What a browser says of itself, as far as it is shown. */
const MAX_USER_AGENT = 500;

/** What keeps the caller's account, and where they are signed in, the one in use last first. */
export async function security(caller: Caller): Promise<Security> {
  const { db, clock, operator, via } = caller;
  const id = operator.operatorId;
  const [person, signIns] = await Promise.all([
    db.prisma.operator.findUniqueOrThrow({ where: { id }, include: { credentials: true } }),
    db.prisma.signIn.findMany({ where: { userId: id, expiresAt: { gt: clock() } }, orderBy: { updatedAt: 'desc' } }),
  ]);
  return {
    hasPassword: person.credentials.some(({ password }) => password !== null),
    secondFactor: person.twoFactorEnabled,
    backupCodes: person.twoFactorEnabled ? await caller.secondFactors.codesLeft(id) : 0,
    signIns: signIns.map((one): SignIn => ({
      signInId: one.id,
      current: via.type === 'signIn' && via.signInId === one.id,
      begunAt: one.createdAt.toISOString(),
      usedAt: one.updatedAt.toISOString(),
      address: one.ipAddress || null,
      userAgent: one.userAgent?.slice(0, MAX_USER_AGENT) || null,
    })),
  };
}

/** Ends one of the caller's sign-ins, and what is connected by it. @throws NOT_FOUND */
export async function endSignIn(caller: Caller, { signInId }: EndSignIn): Promise<Security> {
  const { db, operator } = caller;
  const { rowCount } = await db.pool.query('delete from "SignIn" where id = $1 and "userId" = $2', [
    signInId,
    operator.operatorId,
  ]);
  if (rowCount === 0) refuse({ code: 'NOT_FOUND' });
  caller.revocation.ended({ signInId });
  await noteEnded(caller, caller.operator, 1);
  return security(caller);
}

/** Ends all of the caller's sign-ins but the one that asks. */
export async function endOtherSignIns(caller: Caller): Promise<Security> {
  await endOthers(caller);
  return security(caller);
}

export async function endOthers(caller: Caller): Promise<void> {
  const { operator, via } = caller;
  const ended = await endAllOf(caller, operator.operatorId, via.type === 'signIn' ? via.signInId : null);
  if (ended > 0) await noteEnded(caller, operator, ended);
}

/** Ends somebody's sign-ins, all but `except`; answers how many. */
export async function endAllOf(
  { db, revocation }: Pick<Deps, 'db' | 'revocation'>,
  operatorId: OperatorId,
  except: string | null = null,
): Promise<number> {
  const { rows } = await db.pool.query<{ id: string }>(
    'delete from "SignIn" where "userId" = $1 and id is distinct from $2 returning id',
    [operatorId, except],
  );
  for (const { id } of rows) revocation.ended({ signInId: id });
  return rows.length;
}

/** Writes down that sign-ins of somebody ended before their time. */
export const noteEnded = (
  caller: Caller,
  { operatorId, name }: { operatorId: OperatorId; name: string },
  signIns: number,
): Promise<void> =>
  caller.audit.write(caller, {
    action: 'signIn.ended',
    subject: { type: 'operator', id: operatorId, name },
    after: { signIns },
  });

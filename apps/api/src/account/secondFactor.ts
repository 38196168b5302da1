import {
  type BeginSecondFactor,
  type ConfirmSecondFactor,
  refuse,
  type SecondFactorBegun,
  type Security,
} from '@sala/contracts';
import type { Caller } from '../deps.ts';
import { assertPassword } from './passwords.ts';
import { endOthers, security } from './signIns.ts';

/** Begins the caller's second factor; it counts once it is confirmed. @throws INVALID: a wrong password, or `exists` */
export async function begin(caller: Caller, { password }: BeginSecondFactor): Promise<SecondFactorBegun> {
  const { db, operator, secondFactors } = caller;
  await assertPassword(caller, password, 'password');
  const person = await db.prisma.operator.findUniqueOrThrow({ where: { id: operator.operatorId } });
  if (person.twoFactorEnabled) invalid('password', 'exists');
  return secondFactors.begin(operator.operatorId, person.email);
}

/** The first code of the app: from here on one is asked for. The caller's other sign-ins end. @throws INVALID, RATE_LIMITED */
export async function confirm(caller: Caller, { code }: ConfirmSecondFactor): Promise<Security> {
  const { operator, secondFactors, tries, address } = caller;
  const tried = await tries.begin('secondFactor', { account: operator.operatorId, address });
  if (!(await secondFactors.confirm(operator.operatorId, code))) invalid('code', 'wrong');
  await tried.wasRight();
  await caller.audit.write(caller, { action: 'secondFactor.added', subject: subjectOf(caller) });
  await endOthers(caller);
  return security(caller);
}

/** Takes the caller's second factor away, who says their password. Their other sign-ins end. @throws INVALID, RATE_LIMITED */
export async function end(caller: Caller, { password }: BeginSecondFactor): Promise<Security> {
  await assertPassword(caller, password, 'password');
  if (await caller.secondFactors.remove(caller.operator.operatorId)) {
    await caller.audit.write(caller, { action: 'secondFactor.removed', subject: subjectOf(caller) });
    await endOthers(caller);
  }
  return security(caller);
}

/** New backup codes in place of the old ones; told once. @throws INVALID, RATE_LIMITED, NOT_FOUND without a second factor */
export async function newBackupCodes(
  caller: Caller,
  { password }: BeginSecondFactor,
): Promise<{ backupCodes: string[] }> {
  await assertPassword(caller, password, 'password');
  const backupCodes = await caller.secondFactors.newBackupCodes(caller.operator.operatorId);
  return backupCodes ? { backupCodes } : refuse({ code: 'NOT_FOUND' });
}

const subjectOf = ({ operator: { operatorId, name } }: Caller) => ({ type: 'operator' as const, id: operatorId, name });

const invalid = (path: string, code: string): never =>
  refuse({ code: 'INVALID', issues: [{ path, code, message: 'is not right' }] });

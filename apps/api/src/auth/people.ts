import type { AddOperator, OperatorId } from '@sala/contracts';
import type { Deps } from '../deps.ts';
import { hashPassword } from './password.ts';

/** Adds an operator who signs in with a password; answers their id, or null when the address is taken. */
export async function addOperator(
  { db, newId, operators }: Pick<Deps, 'db' | 'newId' | 'operators'>,
  { name, email, password, role }: AddOperator,
): Promise<OperatorId | null> {
  if (await db.prisma.operator.findUnique({ where: { email } })) return null;
  const id = newId();
  const credential = {
    id: newId(),
    accountId: id,
    providerId: 'credential',
    password: await hashPassword(password),
  };
  await db.prisma.operator.create({
    data: { id, name, email, role, emailVerified: true, credentials: { create: credential } },
  });
  operators.tellAdded(id);
  return id;
}

/** Gives somebody a new password. Their open sign-ins stay. */
export async function setPassword({ db }: Pick<Deps, 'db'>, email: string, password: string): Promise<void> {
  await db.prisma.credential.updateMany({
    where: { providerId: 'credential', user: { email } },
    data: { password: await hashPassword(password) },
  });
}

/** Makes the first admin, when there is none. Answers whether it did. */
export async function ensureFirstAdmin(
  deps: Pick<Deps, 'db' | 'newId' | 'operators'>,
  { email: address, password }: { email: string; password: string },
): Promise<boolean> {
  const email = address.toLowerCase();
  if ((await deps.db.prisma.operator.count({ where: { role: 'admin' } })) > 0) return false;
  const made = await addOperator(deps, { email, password, name: email.split('@')[0]!.slice(0, 100), role: 'admin' });
  return made !== null;
}

import type { Role } from '@sala/contracts';
import type { Deps } from '../deps.ts';
import type { Auth } from './auth.ts';

export type NewOperator = { name: string; email: string; password: string; role: Role };

/** Adds an operator who signs in with a password. Somebody with this address already: nothing changes. Answers their id. */
export async function addOperator(
  { db, newId, operators }: Pick<Deps, 'db' | 'newId' | 'operators'>,
  auth: Pick<Auth, 'hashPassword'>,
  { name, email: address, password, role }: NewOperator,
): Promise<string> {
  const email = address.toLowerCase();
  const known = await db.prisma.operator.findUnique({ where: { email } });
  if (known) return known.id;
  const id = newId();
  const credential = {
    id: newId(),
    accountId: id,
    providerId: 'credential',
    password: await auth.hashPassword(password),
  };
  await db.prisma.operator.create({
    data: { id, name, email, role, emailVerified: true, credentials: { create: credential } },
  });
  operators.forget();
  return id;
}

/** Makes the first admin, when there is none. Answers whether it did. */
export async function ensureFirstAdmin(
  deps: Pick<Deps, 'db' | 'newId' | 'operators'>,
  auth: Pick<Auth, 'hashPassword'>,
  admin: { email: string; password: string },
): Promise<boolean> {
  const admins = await deps.db.prisma.operator.count({ where: { role: 'admin' } });
  if (admins > 0) return false;
  await addOperator(deps, auth, { ...admin, name: admin.email.split('@')[0]!, role: 'admin' });
  return true;
}

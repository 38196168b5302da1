import { type Operator, type OperatorId, refuse } from '@sala/contracts';
import type { PoolClient } from '@sala/db';
import type { Deps } from '../deps.ts';

/** @throws INVALID: the address is somebody's */
export const taken = (): never =>
  refuse({ code: 'INVALID', issues: [{ path: 'email', code: 'taken', message: 'is taken' }] });

/** Writes somebody new, with the digest of their password. @throws INVALID when the address is taken */
export async function writeOperator(
  client: PoolClient,
  { newId, clock }: Pick<Deps, 'newId' | 'clock'>,
  { name, email, role }: Pick<Operator, 'name' | 'role'> & { email: string },
  passwordHash: string,
): Promise<OperatorId> {
  const [id, now] = [newId(), clock()];
  const { rowCount } = await client.query(
    `insert into "Operator" (id, name, email, role, "emailVerified", "updatedAt") values ($1, $2, $3, $4, true, $5)
     on conflict (email) do nothing`,
    [id, name, email, role, now],
  );
  if (rowCount !== 1) taken();
  await client.query(
    `insert into "Credential" (id, "accountId", "providerId", "userId", password, "updatedAt")
     values ($1, $2, 'credential', $2, $3, $4)`,
    [newId(), id, passwordHash, now],
  );
  return id;
}

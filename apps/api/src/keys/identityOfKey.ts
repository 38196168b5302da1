import { Scope, may, Role } from '@sala/contracts';
import { z } from 'zod';
import type { Identity } from '../auth/identity.ts';
import { memberOf } from '../auth/member.ts';
import type { Deps } from '../deps.ts';
import { digestOf, isSecret } from './secret.ts';

/** The header that carries a key, over HTTP and on the way to a socket. Never an address: addresses are logged. */
export const KEY_HEADER = 'x-api-key';

/** That a key is used is written down this often, not at every call. */
const NOTED_EVERY_MS = 60_000;

const Found = z.object({
  keyId: z.string(),
  operatorId: z.string(),
  scopes: z.array(Scope),
  usedAt: z.date().nullable(),
  role: Role,
  service: z.boolean(),
});

/** Who acts by this key: null for one that is none, has expired, or whose operator may not come in. */
export async function identityOfKey(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  secret: string,
): Promise<Identity | null> {
  if (!isSecret(secret)) return null;
  const now = clock();
  const { rows } = await db.pool.query(
    `select k.id as "keyId", k."operatorId", k.scopes, k."usedAt", o.role, o.service
     from "ApiKey" k join "Operator" o on o.id = k."operatorId" where k."secretDigest" = $1 and k."expiresAt" > $2`,
    [digestOf(secret), now],
  );
  if (!rows[0]) return null;
  const key = Found.parse(rows[0]);
  const operator = await memberOf(db, key.operatorId);
  if (!operator) return null;
  const noted = new Date(now.getTime() - NOTED_EVERY_MS);
  if (!key.usedAt || key.usedAt <= noted) {
    await db.pool.query('update "ApiKey" set "usedAt" = $2 where id = $1 and ("usedAt" is null or "usedAt" <= $3)', [
      key.keyId,
      now,
      noted,
    ]);
  }
  return { operator, via: { type: 'key', keyId: key.keyId, scopes: scopesOf(key) } };
}

/** The scope `audit` opens the log to a program; to a person's key only while they may read it themselves. */
const scopesOf = ({ scopes, service, role, operatorId }: z.infer<typeof Found>): Scope[] =>
  scopes.filter((scope) => scope !== 'audit' || service || may({ operatorId, role }, 'audit.read'));

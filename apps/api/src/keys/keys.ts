import {
  type AddKey,
  type ApiKey,
  type KeyAdded,
  MAX_KEYS,
  MAX_KEYS_EACH,
  may,
  type OneKey,
  type OperatorId,
  refuse,
  Scope,
} from '@sala/contracts';
import type { ApiKeyModel as Row } from '@sala/db';
import { z } from 'zod';
import type { Caller } from '../deps.ts';
import { digestOf, newSecret, prefixOf } from './secret.ts';

const DAY_MS = 24 * 3_600_000;

/** One's own keys, the newest first; for admins everybody's. */
export async function list({ db, operator }: Caller): Promise<ApiKey[]> {
  const rows = await db.prisma.apiKey.findMany({
    where: may(operator, 'keys.manage') ? {} : { operatorId: operator.operatorId },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: MAX_KEYS,
  });
  return rows.map(viewOf);
}

/**
 * A new key, of the caller, or of a service account for who manages those. Its secret is told here and never again.
 * @throws NOT_ALLOWED, NOT_FOUND when there is no such service account, INVALID when there are too many keys
 */
export async function add(caller: Caller, { name, scopes, days, operatorId }: AddKey): Promise<KeyAdded> {
  const { db, clock, newId, operator } = caller;
  const owner = operatorId ?? operator.operatorId;
  if (scopes.includes('audit') && !may(operator, 'audit.read')) refuse({ code: 'NOT_ALLOWED' });
  if (owner !== operator.operatorId) await assertService(caller, owner);
  const secret = newSecret(caller.chance);
  const now = clock();
  const row = {
    id: newId(),
    name,
    prefix: prefixOf(secret),
    operatorId: owner,
    scopes: [...new Set(scopes)],
    createdAt: now,
    expiresAt: new Date(now.getTime() + days * DAY_MS),
    usedAt: null,
  };
  if ((await db.prisma.apiKey.count({ where: { operatorId: owner } })) >= MAX_KEYS_EACH) {
    refuse({ code: 'INVALID', issues: [{ path: '', code: 'too_big', message: `at most ${MAX_KEYS_EACH} keys each` }] });
  }
  await db.prisma.apiKey.create({
    data: { ...row, secretDigest: digestOf(secret), createdBy: operator.operatorId },
  });
  const key = viewOf(row);
  await caller.audit.write(caller, { action: 'key.added', subject: subjectOf(key), after: grantOf(key) });
  return { key, secret };
}

/** @throws NOT_ALLOWED, NOT_FOUND */
async function assertService({ db, operator }: Caller, operatorId: OperatorId): Promise<void> {
  if (!may(operator, 'keys.manage')) refuse({ code: 'NOT_ALLOWED' });
  // Nobody, not even an admin, makes a key that acts as another person.
  if ((await db.prisma.operator.count({ where: { id: operatorId, service: true } })) === 0)
    refuse({ code: 'NOT_FOUND' });
}

/** Ends a key at once, on calls and on sockets that are open. Somebody else's is unknown, but for admins. @throws NOT_FOUND */
export async function remove(caller: Caller, { keyId }: OneKey): Promise<ApiKey[]> {
  const { db, operator, revocation } = caller;
  const owned = may(operator, 'keys.manage') ? {} : { operatorId: operator.operatorId };
  const row = await db.prisma.apiKey.findFirst({ where: { id: keyId, ...owned } });
  const removed = row ? await db.prisma.apiKey.deleteMany({ where: { id: keyId } }) : null;
  if (!row || removed?.count !== 1) return refuse({ code: 'NOT_FOUND' });
  revocation.ended({ keyId });
  const key = viewOf(row);
  await caller.audit.write(caller, { action: 'key.removed', subject: subjectOf(key), before: grantOf(key) });
  return list(caller);
}

const viewOf = ({ id, name, prefix, operatorId, scopes, createdAt, expiresAt, usedAt }: Shown): ApiKey => ({
  keyId: id,
  name,
  prefix,
  operatorId,
  scopes: z.array(Scope).parse(scopes),
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  usedAt: usedAt?.toISOString() ?? null,
});

type Shown = Omit<Row, 'secretDigest' | 'createdBy'>;

const subjectOf = ({ keyId, name }: ApiKey) => ({ type: 'key' as const, id: keyId, name });

/** What somebody could do with it. */
const grantOf = ({ operatorId, scopes, expiresAt }: ApiKey) => ({ operatorId, scopes, expiresAt });

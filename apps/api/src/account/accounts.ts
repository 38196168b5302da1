import {
  Account,
  type ChangeAccount,
  may,
  type OneAccount,
  type Operator,
  type OperatorId,
  refuse,
} from '@sala/contracts';
import type { PoolClient } from '@sala/db';
import type { Caller } from '../deps.ts';
import { inTransaction } from './links.ts';
import { resetLinkFor } from './passwords.ts';
import { endAllOf, noteEnded } from './signIns.ts';

/** Everybody who has an account, by name, as an admin sees them. @throws NOT_ALLOWED */
export async function accounts({ db, clock, operator }: Caller): Promise<Account[]> {
  assertManages(operator);
  const { rows } = await db.pool.query<Omit<Account, 'usedAt'> & { usedAt: Date | null }>(
    `select o.id as "operatorId", o.name, o.email, o.role, o.service, o.banned, o."twoFactorEnabled" as "secondFactor",
       count(s.id)::int as "signIns", max(s."updatedAt") as "usedAt"
     from "Operator" o left join "SignIn" s on s."userId" = o.id and s."expiresAt" > $1
     group by o.id order by o.name, o.id`,
    [clock()],
  );
  return rows.map((row) => Account.parse({ ...row, usedAt: row.usedAt?.toISOString() ?? null }));
}

/**
 * Changes somebody's name or role, bans them or lets them in again: what is named. A ban ends everything of theirs at
 * once. @throws NOT_ALLOWED, NOT_FOUND, INVALID: `self` for one's own role or ban, `service` for a program as admin
 */
export async function change(caller: Caller, wanted: ChangeAccount): Promise<Account[]> {
  const { db, clock, operator, operators, revocation } = caller;
  assertManages(operator);
  const { operatorId } = wanted;
  const changesRights = wanted.role !== undefined || wanted.banned !== undefined;
  if (changesRights && operatorId === operator.operatorId) invalid('operatorId', 'self');
  const { before, after } = await inTransaction(db, async (client) => {
    const admins = await adminsHeld(client);
    // Who asks may have been an admin a moment ago. As long as they are, the desk has one: themselves.
    if (changesRights && !admins.includes(operator.operatorId)) refuse({ code: 'NOT_ALLOWED' });
    const was = await personOf(client, operatorId);
    const will = { ...was, ...named(wanted) };
    if (was.service && will.role === 'admin') invalid('role', 'service');
    await client.query('update "Operator" set name = $2, role = $3, banned = $4, "updatedAt" = $5 where id = $1', [
      operatorId,
      will.name,
      will.role,
      will.banned,
      clock(),
    ]);
    return { before: was, after: will };
  });
  operators.tellAdded(operatorId);
  if (after.banned && !before.banned) {
    revocation.ended({ operatorId });
    await endAllOf(caller, operatorId);
  } else if (after.role !== before.role) revocation.rightsChanged([operatorId]);
  await note(caller, operatorId, before, after);
  return accounts(caller);
}

/** Ends all sign-ins of somebody. @throws NOT_ALLOWED, NOT_FOUND */
export async function endSignIns(caller: Caller, { operatorId }: OneAccount): Promise<Account[]> {
  assertManages(caller.operator);
  const person = await personOf(caller.db.pool, operatorId);
  await noteEnded(caller, { operatorId, name: person.name }, await endAllOf(caller, operatorId));
  return accounts(caller);
}

/** A link by which somebody chooses a new password, for an admin to pass on. @throws NOT_ALLOWED, NOT_FOUND */
export async function resetLink(
  caller: Caller,
  { operatorId }: OneAccount,
): Promise<{ link: string; expiresAt: string }> {
  const { db, operator } = caller;
  assertManages(operator);
  const person = await db.prisma.operator.findFirst({ where: { id: operatorId, service: false } });
  if (!person) return refuse({ code: 'NOT_FOUND' });
  const { url, expiresAt } = await resetLinkFor(caller, person, operator.operatorId);
  await caller.audit.write(caller, {
    action: 'password.resetAsked',
    subject: { type: 'operator', id: operatorId, name: person.name },
  });
  return { link: url, expiresAt: expiresAt.toISOString() };
}

/** Takes somebody's second factor away, who has lost it, and ends their sign-ins. @throws NOT_ALLOWED, NOT_FOUND */
export async function resetSecondFactor(caller: Caller, { operatorId }: OneAccount): Promise<Account[]> {
  assertManages(caller.operator);
  const { name } = await personOf(caller.db.pool, operatorId);
  if (await caller.secondFactors.remove(operatorId)) {
    await caller.audit.write(caller, {
      action: 'secondFactor.removed',
      subject: { type: 'operator', id: operatorId, name },
    });
    await endAllOf(caller, operatorId);
  }
  return accounts(caller);
}

type Person = Pick<Account, 'name' | 'role' | 'banned' | 'service'>;

const named = ({ name, role, banned }: ChangeAccount): Partial<Person> => ({
  ...(name !== undefined && { name }),
  ...(role !== undefined && { role }),
  ...(banned !== undefined && { banned }),
});

/** The admins there are, who stay so until the transaction ends: two who demote each other would leave nobody. */
async function adminsHeld(client: PoolClient): Promise<OperatorId[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from "Operator" where role = 'admin' and not banned and not service order by id for update`,
  );
  return rows.map(({ id }) => id);
}

async function personOf(on: Pick<PoolClient, 'query'>, operatorId: OperatorId): Promise<Person> {
  const { rows } = await on.query<Person>('select name, role, banned, service from "Operator" where id = $1', [
    operatorId,
  ]);
  return rows[0] ?? refuse({ code: 'NOT_FOUND' });
}

async function note(caller: Caller, operatorId: OperatorId, before: Person, after: Person): Promise<void> {
  const subject = { type: 'operator' as const, id: operatorId, name: after.name };
  if (before.banned !== after.banned)
    await caller.audit.write(caller, { action: after.banned ? 'account.banned' : 'account.unbanned', subject });
  if (before.name === after.name && before.role === after.role) return;
  const kept = ({ name, role }: Person) => ({ name, role });
  await caller.audit.write(caller, { action: 'account.changed', subject, before: kept(before), after: kept(after) });
}

/** @throws NOT_ALLOWED */
function assertManages(operator: Operator): void {
  if (!may(operator, 'operators.manage')) refuse({ code: 'NOT_ALLOWED' });
}

const invalid = (path: string, code: string): never =>
  refuse({ code: 'INVALID', issues: [{ path, code, message: 'cannot be changed' }] });

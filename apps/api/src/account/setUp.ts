import { createHash } from 'node:crypto';
import { refuse, type SetUp, type Welcome } from '@sala/contracts';
import { hashPassword } from '../auth/password.ts';
import type { Deps } from '../deps.ts';
import type { Visitor } from '../trpc/trpc.ts';
import { inTransaction } from './links.ts';
import { writeOperator } from './people.ts';

/** Where the digest of the code lies, while the desk has nobody. */
const SETTING = 'setUpCode';
const CODE_BYTES = 16;

const digestOf = (code: string): string => createHash('sha256').update(code).digest('hex');

/** A code for the first admin, while the desk has nobody; null when it has somebody. It replaces the code before it. */
export async function newSetUpCode({ db, chance }: Pick<Deps, 'db' | 'chance'>): Promise<string | null> {
  if (!(await isEmpty(db))) return null;
  const code = chance(CODE_BYTES).toString('base64url');
  const value = { digest: digestOf(code) };
  await db.prisma.setting.upsert({ where: { name: SETTING }, create: { name: SETTING, value }, update: { value } });
  return code;
}

/** What the sign-in page offers. */
export async function welcome({ db, mail }: Visitor): Promise<Welcome> {
  return { needsSetUp: await isEmpty(db), oidc: null, passkeys: false, mail: mail !== null };
}

/** Makes the first admin, by the code that the server printed; it is used up by it. Nobody is signed in. @throws NOT_FOUND */
export async function setUp(visitor: Visitor, { code, ...person }: SetUp): Promise<{ email: string }> {
  const { db, operators } = visitor;
  const digest = digestOf(code);
  const kept = await db.prisma.setting.findFirst({ where: { name: SETTING, value: { equals: { digest } } } });
  if (!kept) refuse({ code: 'NOT_FOUND' }); // before the password costs anything
  const hash = await hashPassword(person.password);
  const operatorId = await inTransaction(db, async (client) => {
    // Of two who come with the code one waits here, and finds it gone.
    const { rowCount } = await client.query(
      `delete from "Setting" where name = $1 and value->>'digest' = $2
       and not exists (select 1 from "Operator" where not service)`,
      [SETTING, digest],
    );
    if (rowCount !== 1) refuse({ code: 'NOT_FOUND' });
    return writeOperator(client, visitor, { ...person, role: 'admin' }, hash);
  });
  operators.tellAdded(operatorId);
  await visitor.audit.write(visitor, {
    action: 'account.setUp',
    subject: { type: 'operator', id: operatorId, name: person.name },
    after: { email: person.email, role: 'admin' },
  });
  return { email: person.email };
}

const isEmpty = async ({ prisma }: Deps['db']): Promise<boolean> =>
  (await prisma.operator.findFirst({ where: { service: false }, select: { id: true } })) === null;

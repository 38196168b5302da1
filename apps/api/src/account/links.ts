import { createHash } from 'node:crypto';
import { refuse } from '@sala/contracts';
import type { PoolClient } from '@sala/db';
import type { Deps } from '../deps.ts';

/** 32 bytes of chance: 43 characters of base64url. */
const TOKEN_BYTES = 32;

/** What is kept of a link's secret: it cannot be guessed, so a plain digest cannot be turned back. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export type LinkRow = {
  id: string;
  kind: 'invitation' | 'reset';
  email: string;
  name: string | null;
  role: string | null;
  operatorId: string | null;
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date;
};

type NewLink = Omit<LinkRow, 'id' | 'createdAt' | 'expiresAt'> & { goodForMs: number };

/** The pages behind links. The secret stands behind the `#`, which browsers keep to themselves. */
const PAGE = { invitation: '/join', reset: '/new-password' };

/** Makes a link; a new invitation takes the place of the one before. Only here is its secret known. */
export async function makeLink(
  { db, clock, newId, chance, publicUrl }: Pick<Deps, 'db' | 'clock' | 'newId' | 'chance' | 'publicUrl'>,
  { goodForMs, ...link }: NewLink,
): Promise<{ row: LinkRow; url: string }> {
  const token = chance(TOKEN_BYTES).toString('base64url');
  const now = clock();
  const row = { ...link, id: newId(), createdAt: now, expiresAt: new Date(now.getTime() + goodForMs) };
  // Anybody may ask for a new password in somebody's name: that does not undo the link which they have.
  const replaced = link.kind === 'invitation' ? [{ kind: link.kind, email: link.email, usedAt: null }] : [];
  await db.prisma.$transaction([
    ...replaced.map((where) => db.prisma.link.deleteMany({ where })),
    db.prisma.link.create({ data: { ...row, tokenDigest: digestOf(token) } }),
  ]);
  return { row, url: `${publicUrl}${PAGE[link.kind]}#${token}` };
}

/** The link that this is the secret of, while it is good. @throws NOT_FOUND */
export async function linkMeant(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  kind: LinkRow['kind'],
  token: string,
): Promise<LinkRow> {
  const row = await db.prisma.link.findFirst({
    where: { kind, tokenDigest: digestOf(token), usedAt: null, expiresAt: { gt: clock() } },
  });
  return row ? { ...row, kind } : refuse({ code: 'NOT_FOUND' });
}

/** Uses a link up and does what it is for, together. Of two who use it at once one waits, and finds it used. @throws NOT_FOUND */
export async function redeem<T>(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  kind: LinkRow['kind'],
  token: string,
  work: (link: LinkRow, client: PoolClient) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (client) => {
    const { rows } = await client.query<LinkRow>(
      `update "Link" set "usedAt" = $3 where kind = $1 and "tokenDigest" = $2 and "usedAt" is null and "expiresAt" > $3
       returning id, kind, email, name, role, "operatorId", "createdBy", "createdAt", "expiresAt"`,
      [kind, digestOf(token), clock()],
    );
    return rows[0] ? work(rows[0], client) : refuse({ code: 'NOT_FOUND' });
  });
}

/** All of it or nothing. */
export async function inTransaction<T>({ pool }: Deps['db'], work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const answer = await work(client);
    await client.query('commit');
    return answer;
  } catch (error) {
    await client.query('rollback').catch((also: Error) => (broken = also));
    throw error;
  } finally {
    client.release(broken);
  }
}

import {
  ConversationId,
  type FollowInbox,
  type InboxList,
  type InboxPage,
  type InboxRow,
  type InboxView,
  Instant,
  type Member,
  refuse,
  type RoomHead,
  Shelf,
  type Sight,
  sightOf,
} from '@sala/contracts';
import { z } from 'zod';
import type { Caller } from '../deps.ts';
import { NO_TEAM, rowOf } from '../log/change.ts';
import { headOf } from '../log/readLog.ts';

/** Where a page ended: the place in the view's order. Some ISO times are none to PostgreSQL (the year 0). */
const Cursor = z.tuple([Instant.refine((at) => at > '0001'), ConversationId]);

type Row = { id: string; channelId: string; lastSeq: number; head: RoomHead; sortedAt: Date };

/** One page of a view, in its order: the longest wait first, everywhere else the newest first. @throws INVALID for a foreign cursor */
export async function list({ db, operator, settings }: Caller, input: InboxList): Promise<InboxPage> {
  const { view, cursor, limit } = input;
  const [past, order] = view === 'waiting' ? ['>', 'asc'] : ['<', 'desc'];
  const parts = partsOf(view, operator, sightOf(operator, await settings.get()));
  const values: unknown[] = [limit + 1, ...(cursor ? cursorFrom(cursor) : [])];
  const from = cursor ? `and (c."sortedAt", c.id) ${past} ($2, $3)` : '';
  // A page of each part, each out of its index, and then the page of them all.
  const pages = parts.map(({ rows, where }) => {
    const table = `unnest(${Object.values(rows)
      .map((column) => `$${values.push(column)}::text[]`)
      .join()})`;
    return `select page.* from ${table} as part(${Object.keys(rows).join()}) cross join lateral (
       select c.id, c."channelId", c."lastSeq", c.head, c."sortedAt" from "Conversation" c
       where ${where} and c."lastSeq" > 0 ${from} order by c."sortedAt" ${order}, c.id ${order} limit $1) page`;
  });
  const { rows } = await db.pool.query<Row>(
    `select * from (${pages.join(' union all ')}) page order by page."sortedAt" ${order}, page.id ${order} limit $1`,
    values,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page.map(toRow), nextCursor: rows.length > limit && last ? cursorAt(last) : null };
}

/** The counts, and then every change of a view of what the caller sees, until `signal` ends it. */
export async function follow(caller: Caller, { view }: FollowInbox, signal: AbortSignal) {
  const { inbox, operator, settings, wire } = caller;
  const sight = sightOf(operator, await settings.get());
  return inbox.follow({ view, operatorId: operator.operatorId, sight }, wire, signal);
}

const toRow = ({ id, channelId, lastSeq, head }: Row): InboxRow =>
  rowOf({ conversationId: id, channelId, seq: lastSeq, head: headOf(head) });

/** A part of a list that one index holds in order, for each of these rows of values. No conversation is in two parts. */
type Part = { rows: Record<string, readonly string[]>; where: string };

const HELD = 'c."operatorId" = part.holder';

/** What a view is made of for who asks: shelves of everything, or of the teams in sight; and what they hold themselves. */
function partsOf(view: InboxView, { operatorId }: Member, sight: Sight): Part[] {
  if (view === 'mine') return [{ rows: { holder: [operatorId] }, where: HELD }];
  const shelves = view === 'all' ? [...Shelf.options] : [view];
  if (sight === 'everything') return [{ rows: { shelf: shelves }, where: 'c.shelf = part.shelf' }];
  const teams = sight.map((teamId) => teamId ?? NO_TEAM);
  const pairs = teams.flatMap((team) => shelves.map((shelf) => ({ team, shelf })));
  const inSight: Part = {
    rows: { team: pairs.map(({ team }) => team), shelf: pairs.map(({ shelf }) => shelf) },
    where: 'c."teamId" = part.team and c.shelf = part.shelf',
  };
  if (!shelves.includes('active')) return [inSight];
  // The teams in sight in one text, because a part is made of texts.
  const rows = { holder: [operatorId], teams: [JSON.stringify(teams)] };
  return [inSight, { rows, where: `${HELD} and not part.teams::jsonb ? c."teamId"` }];
}

const cursorAt = ({ sortedAt, id }: Row): string =>
  Buffer.from(JSON.stringify([sortedAt.toISOString(), id])).toString('base64url');

function cursorFrom(text: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return refuse({
      code: 'INVALID',
      issues: [{ path: 'cursor', code: 'custom', message: 'not a cursor of this list' }],
    });
  }
}

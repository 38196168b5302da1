import {
  ConversationId,
  type InboxList,
  type InboxPage,
  type InboxRow,
  type InboxView,
  Instant,
  type OperatorId,
  refuse,
  type RoomHead,
  Shelf,
} from '@sala/contracts';
import { z } from 'zod';
import type { Caller } from '../deps.ts';
import { rowOf } from '../log/change.ts';

/** Where a page ended: the place in the view's order. Some ISO times are none to PostgreSQL (the year 0). */
const Cursor = z.tuple([Instant.refine((at) => at > '0001'), ConversationId]);

type Row = { id: string; channelId: string; lastSeq: number; head: RoomHead; sortedAt: Date };

/** One page of a view, in its order: the longest wait first, everywhere else the newest first. @throws INVALID for a foreign cursor */
export async function list({ db, operator }: Caller, { view, cursor, limit }: InboxList): Promise<InboxPage> {
  const [past, order] = view === 'waiting' ? ['>', 'asc'] : ['<', 'desc'];
  const { column, keys } = partsOf(view, operator.operatorId);
  const from = cursor ? `and (c."sortedAt", c.id) ${past} ($3, $4)` : '';
  // A page of each part, each out of its index, and then the page of them all.
  const { rows } = await db.pool.query<Row>(
    `select page.* from unnest($1::text[]) as part(key) cross join lateral (
       select c.id, c."channelId", c."lastSeq", c.head, c."sortedAt" from "Conversation" c
       where c.${column} = part.key and c."lastSeq" > 0 ${from} order by c."sortedAt" ${order}, c.id ${order} limit $2) page
     order by page."sortedAt" ${order}, page.id ${order} limit $2`,
    [keys, limit + 1, ...(cursor ? cursorFrom(cursor) : [])],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page.map(toRow), nextCursor: rows.length > limit && last ? cursorAt(last) : null };
}

const toRow = ({ id, channelId, lastSeq, head }: Row): InboxRow =>
  rowOf({ conversationId: id, channelId, seq: lastSeq, head });

/** The parts that a view is made of: shelves, or what one operator holds. */
function partsOf(view: InboxView, operatorId: OperatorId): { column: 'shelf' | '"operatorId"'; keys: string[] } {
  if (view === 'all') return { column: 'shelf', keys: [...Shelf.options] };
  if (view === 'mine') return { column: '"operatorId"', keys: [operatorId] };
  return { column: 'shelf', keys: [view] };
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

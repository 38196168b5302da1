import type { ConversationId, RoomEvent, RoomHead } from '@sala/contracts';
import type { Database, PoolClient } from '@sala/db';
import type { RoomRecord } from './change.ts';

type Connection = Pick<PoolClient, 'query'>;
type EventRow = { seq: number; at: Date; fact: RoomEvent['fact'] };
type RoomRow = { id: string; channelId: string; lastSeq: number; head: RoomHead };

const toEvent = ({ seq, at, fact }: EventRow): RoomEvent => ({ seq, at: at.toISOString(), fact });

const toRecord = ({ id, channelId, lastSeq, head }: RoomRow): RoomRecord => ({
  conversationId: id,
  channelId,
  seq: lastSeq,
  head: headOf(head),
});

/** A head as it was stored: one from before there were teams says nothing of them. */
export const headOf = (stored: RoomHead): RoomHead => ({ ...stored, teamId: stored.teamId ?? null });

/** The conversation's head, or null when there is no such conversation. */
export async function readRoom(
  connection: Connection,
  id: ConversationId,
  lock: '' | 'for update' = '',
): Promise<RoomRecord | null> {
  const { rows } = await connection.query<RoomRow>(
    `select id, "channelId", "lastSeq", head from "Conversation" where id = $1 ${lock}`,
    [id],
  );
  return rows[0] ? toRecord(rows[0]) : null;
}

/** At most `limit` events after `after`, in order. */
export async function readAfter(
  { pool }: { pool: Connection },
  conversationId: ConversationId,
  after: number,
  limit: number,
): Promise<RoomEvent[]> {
  const { rows } = await pool.query<EventRow>(
    'select seq, at, fact from "Event" where "conversationId" = $1 and seq > $2 order by seq limit $3',
    [conversationId, after, limit],
  );
  return rows.map(toEvent);
}

/** The last `limit` events before `before`, in order. */
export async function readBefore(
  { pool }: Database,
  conversationId: ConversationId,
  before: number,
  limit: number,
): Promise<RoomEvent[]> {
  const { rows } = await pool.query<EventRow>(
    'select seq, at, fact from "Event" where "conversationId" = $1 and seq < $2 order by seq desc limit $3',
    [conversationId, before, limit],
  );
  return rows.toReversed().map(toEvent);
}

/** The events that a request recorded, if it was heard before. */
export async function readOnce(connection: Connection, id: ConversationId, once: string): Promise<RoomEvent[]> {
  const { rows } = await connection.query<EventRow>(
    'select seq, at, fact from "Event" where "conversationId" = $1 and once = $2',
    [id, once],
  );
  return rows.map(toEvent);
}

import { emptyHead } from '@sala/contracts';
import type { Database, PoolClient } from '@sala/db';
import { appendStatement } from './appendSql.ts';
import { planChange, type RoomRecord } from './change.ts';
import { rowsOf } from './projections.ts';
import { readAfter } from './readLog.ts';

/** How much of a log is read and folded at a time. */
const PAGE = 500;

/** What the log is folded into. Deliveries are no projection: they are work, and its state is theirs alone. */
const WIPE = `
  delete from "Message"; delete from "Session"; delete from "InboxCount";
  update "Conversation" set "lastSeq" = 0, "operatorId" = null, "teamId" = '', shelf = 'bot'`;

/**
 * Makes every projection again from the logs alone, by the functions that made them first, in one transaction: whoever
 * reads meanwhile sees the old ones. Nothing may be written meanwhile, so the desk has to be stopped. Answers how many conversations there are.
 */
export async function rebuild(db: Database): Promise<number> {
  const client = await db.pool.connect();
  try {
    await client.query('begin');
    await client.query(WIPE);
    const { rows } = await client.query<{ id: string; channelId: string; createdAt: Date }>(
      'select id, "channelId", "createdAt" from "Conversation" order by id',
    );
    for (const { id, channelId, createdAt } of rows) {
      await replay(client, { conversationId: id, channelId, seq: 0, head: emptyHead(createdAt.toISOString()) });
    }
    await client.query('commit');
    return rows.length;
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the connection itself may be what failed
    throw error;
  } finally {
    client.release();
  }
}

/** One event at a time, as its own change: what came in one change before comes to the same one after another. */
async function replay(client: PoolClient, empty: RoomRecord): Promise<void> {
  let room = empty;
  for (;;) {
    const events = await readAfter({ pool: client }, room.conversationId, room.seq, PAGE);
    for (const { at, fact } of events) {
      const change = planChange(room, [fact], at);
      const rows = { ...rowsOf([change], noKey), ...NOT_PROJECTED };
      const { text, values } = appendStatement(rows);
      await client.query({ text, values });
      room = change.after;
    }
    if (events.length < PAGE) return;
  }
}

/** The log itself, the work owed to LINE and the audit log stay as they are. */
const NOT_PROJECTED = { events: [], owed: [], retried: [], settled: [], audits: [] };

/** Nothing is sent while rebuilding, so no retry key is used. */
const noKey = (): string => '';

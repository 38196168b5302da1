import type { RoomEvent, RoomHead } from '@sala/contracts';
import type { Recorded } from './account.ts';
import type { Postgres } from './postgres.ts';

/** The desk's database, past the desk. */
export const DATABASE = 'sala';

/** The conversations of these customers as the database has them, with everything that belongs to them. */
export async function readRecorded(postgres: Postgres, lineIds: readonly string[]): Promise<Recorded> {
  const ask = <T extends object>(question: string, values: unknown[]) =>
    postgres.ask<T & Record<string, unknown>>(question, values, DATABASE);
  const conversations = await ask<{
    id: string;
    lineId: string;
    createdAt: Date;
    lastSeq: number;
    head: RoomHead;
    shelf: string;
  }>('select id, "lineId", "createdAt", "lastSeq", head, shelf from "Conversation" where "lineId" = any($1)', [
    lineIds,
  ]);
  const ids = [conversations.map(({ id }) => id)];
  const events = await ask<{ conversationId: string; seq: number; at: Date; fact: RoomEvent['fact'] }>(
    'select "conversationId", seq, at, fact from "Event" where "conversationId" = any($1) order by seq',
    ids,
  );
  const messages = await ask<{ conversationId: string; id: string; seq: number; delivery: string | null }>(
    'select "conversationId", id, seq, delivery from "Message" where "conversationId" = any($1)',
    ids,
  );
  const deliveries = await ask<{ conversationId: string; messageId: string; state: string }>(
    'select "conversationId", "messageId", state from "Delivery" where "conversationId" = any($1)',
    ids,
  );
  const lineEvents = await ask<{ webhookEventId: string; state: string }>(
    `select "webhookEventId", state from "LineEvent" where payload->'source'->>'userId' = any($1)`,
    [lineIds],
  );
  const of = <T extends { conversationId: string }>(rows: readonly T[], id: string) =>
    rows.filter(({ conversationId }) => conversationId === id);
  return {
    conversations: conversations.map(({ id, createdAt, ...rest }) => ({
      ...rest,
      conversationId: id,
      createdAt: createdAt.toISOString(),
      events: of(events, id).map(({ seq, at, fact }) => ({ seq, at: at.toISOString(), fact })),
      messages: of(messages, id).map(({ id: messageId, seq, delivery }) => ({ id: messageId, seq, delivery })),
      deliveries: of(deliveries, id).map(({ messageId, state }) => ({ messageId, state })),
    })),
    lineEvents,
  };
}

/** How much of what these customers are owed is still on its way: into the log, or to LINE. */
export async function owed(postgres: Postgres, lineIds: readonly string[]): Promise<number> {
  const rows = await postgres.ask<{ owed: number }>(
    `select (select count(*) from "LineEvent" where state = 'pending' and payload->'source'->>'userId' = any($1))::int
       + (select count(*) from "Delivery" d join "Conversation" c on c.id = d."conversationId"
          where d.state = 'owed' and c."lineId" = any($1))::int as owed`,
    [lineIds],
    DATABASE,
  );
  return rows[0]!.owed;
}

/** How many messages to these customers LINE has not taken at the first try, and is still to be asked about. */
export async function retried(postgres: Postgres, lineIds: readonly string[]): Promise<number> {
  const rows = await postgres.ask<{ retried: number }>(
    `select count(*)::int as retried from "Delivery" d join "Conversation" c on c.id = d."conversationId"
     where d.state = 'owed' and d.attempts > 1 and c."lineId" = any($1)`,
    [lineIds],
    DATABASE,
  );
  return rows[0]!.retried;
}

/** Counters that are not what the conversations say, over the whole desk. */
export async function wrongCounters(postgres: Postgres): Promise<string[]> {
  const rows = await postgres.ask<{ key: string; held: number; counted: number }>(
    `with counted as (
       select shelf as key, count(*)::int as count from "Conversation" where "lastSeq" > 0 group by shelf
       union all select 'mine:' || "operatorId", count(*)::int from "Conversation" where "operatorId" is not null group by 1)
     select coalesce(i.key, c.key) as key, coalesce(i.count, 0) as held, coalesce(c.count, 0) as counted
     from "InboxCount" i full join counted c on c.key = i.key where coalesce(i.count, 0) <> coalesce(c.count, 0)`,
    [],
    DATABASE,
  );
  return rows.map(({ key, held, counted }) => `the counter ${key} is ${held}, and there are ${counted}`);
}

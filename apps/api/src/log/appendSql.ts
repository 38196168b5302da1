import type { Rows, SetName } from './projections.ts';

/*
 * The one statement that writes a conversation. It does everything or nothing: a room whose log has moved on since
 * the change was decided (`lastSeq` is no longer `decidedAt`) drops out, with all its rows. It answers the ids of
 * the rooms that were written. Rooms are locked in order of id and counters in order of key, so that two statements
 * with the same rooms wait for each other instead of deadlocking.
 */
const ROOMS = `
room as (
  select * from jsonb_to_recordset($ROWS) as r(id text, "decidedAt" int, "lastSeq" int, head jsonb, shelf text, "operatorId" text, "teamId" text, "sortedAt" timestamptz))`;

const WRITE = `
  update "Conversation" c set "lastSeq" = r."lastSeq", head = r.head, shelf = r.shelf, "operatorId" = r."operatorId", "teamId" = r."teamId", "sortedAt" = r."sortedAt"`;

/** One room needs no order. */
const WRITE_ONE = `
written as (${WRITE}
  from room r where c.id = r.id and c."lastSeq" = r."decidedAt" returning c.id)`;

const WRITE_MANY = `
held as (
  select c.id from "Conversation" c join room r on r.id = c.id and r."decidedAt" = c."lastSeq" order by c.id for update of c),
written as (${WRITE}
  from room r join held h on h.id = r.id where c.id = r.id returning c.id)`;

/** What is written beside the rooms; each only when a change has rows for it. */
const SETS: Record<Exclude<SetName, 'rooms'>, string> = {
  events: `
event as (
  insert into "Event" ("conversationId", seq, at, fact, once)
  select e.* from jsonb_to_recordset($ROWS) as e("conversationId" text, seq int, at timestamptz, fact jsonb, once text)
  join written w on w.id = e."conversationId")`,
  messages: `
message as (
  insert into "Message" ("conversationId", id, seq, author, "operatorId", content, "sentAt", "lineMessageId", delivery)
  select m.* from jsonb_to_recordset($ROWS) as m("conversationId" text, id text, seq int, author text, "operatorId" text, content jsonb, "sentAt" timestamptz, "lineMessageId" text, delivery text)
  join written w on w.id = m."conversationId")`,
  messageMoves: `
message_move as (
  update "Message" m set delivery = v.delivery, "lineMessageId" = coalesce(v."lineMessageId", m."lineMessageId")
  from jsonb_to_recordset($ROWS) as v("conversationId" text, id text, delivery text, "lineMessageId" text)
  join written w on w.id = v."conversationId" where m."conversationId" = v."conversationId" and m.id = v.id)`,
  sessions: `
session as (
  insert into "Session" (id, "conversationId", "handOver", "openedAt", "claimedAt", "closedAt", "operatorId", "closedBy", reason)
  select s.* from jsonb_to_recordset($ROWS) as s(id text, "conversationId" text, "handOver" jsonb, "openedAt" timestamptz, "claimedAt" timestamptz, "closedAt" timestamptz, "operatorId" text, "closedBy" jsonb, reason text)
  join written w on w.id = s."conversationId")`,
  sessionMoves: `
session_move as (
  update "Session" s set "claimedAt" = coalesce(v."claimedAt", s."claimedAt"), "closedAt" = coalesce(v."closedAt", s."closedAt"),
    "operatorId" = coalesce(v."operatorId", s."operatorId"), "closedBy" = coalesce(v."closedBy", s."closedBy"), reason = coalesce(v.reason, s.reason)
  from jsonb_to_recordset($ROWS) as v(id text, "conversationId" text, "claimedAt" timestamptz, "closedAt" timestamptz, "operatorId" text, "closedBy" jsonb, reason text)
  join written w on w.id = v."conversationId" where s.id = v.id)`,
  counts: `
count_move as (
  insert into "InboxCount" (key, count)
  select v.key, sum(v.step)::int from jsonb_to_recordset($ROWS) as v("conversationId" text, key text, step int)
  join written w on w.id = v."conversationId" group by v.key order by v.key
  on conflict (key) do update set count = "InboxCount".count + excluded.count)`,
  owed: `
owed as (
  insert into "Delivery" ("conversationId", "messageId", seq, state, "retryKey", "dueAt")
  select d."conversationId", d."messageId", d.seq, 'owed', d."retryKey", d."dueAt"
  from jsonb_to_recordset($ROWS) as d("conversationId" text, "messageId" text, seq int, "retryKey" uuid, "dueAt" timestamptz)
  join written w on w.id = d."conversationId")`,
  // LINE forgets a retry key 24 hours after its first use; an hour earlier the message gets a new one.
  retried: `
retried as (
  update "Delivery" d set state = 'owed', attempts = 0, "dueAt" = v."dueAt",
    "retryKey" = case when d."firstTriedAt" < v."dueAt" - interval '23 hours' then v."newKey" else d."retryKey" end,
    "firstTriedAt" = case when d."firstTriedAt" < v."dueAt" - interval '23 hours' then null else d."firstTriedAt" end
  from jsonb_to_recordset($ROWS) as v("conversationId" text, "messageId" text, "dueAt" timestamptz, "newKey" uuid)
  join written w on w.id = v."conversationId" where d."conversationId" = v."conversationId" and d."messageId" = v."messageId")`,
  settled: `
settled as (
  select v.* from jsonb_to_recordset($ROWS) as v("conversationId" text, "messageId" text, state text, "dueAt" timestamptz)
  join written w on w.id = v."conversationId"),
unpaid as (
  update "Delivery" d set state = v.state, "dueAt" = v."dueAt" from settled v
  where v.state <> 'sent' and d."conversationId" = v."conversationId" and d."messageId" = v."messageId"),
paid as (
  delete from "Delivery" d using settled v
  where v.state = 'sent' and d."conversationId" = v."conversationId" and d."messageId" = v."messageId")`,
  audits: `
audit as (
  insert into "AuditEntry" (at, action, "actorId", "actorName", via, "subjectType", "subjectId", "subjectName", before, after, address)
  select a.at, a.action, a."actorId", a."actorName", a.via, 'conversation', a."conversationId", a."subjectName", a.before, a.after, a.address
  from jsonb_to_recordset($ROWS) as a("conversationId" text, at timestamptz, action text, "actorId" text, "actorName" text, via text, "subjectName" text, before jsonb, after jsonb, address text)
  join written w on w.id = a."conversationId")`,
};

const SET_ORDER = Object.keys(SETS) as (keyof typeof SETS)[];

/** A statement with its parameters, for `pg`. Statements of one shape share one text, so they can be planned once. */
export type Statement = { name: string; text: string; values: string[] };

const statements = new Map<string, Pick<Statement, 'name' | 'text'>>();

/** The statement that writes these rows. */
export function appendStatement(rows: Rows): Statement {
  const present = SET_ORDER.filter((set) => rows[set].length > 0);
  const values = [rows.rooms, ...present.map((set) => rows[set])].map((set) => JSON.stringify(set));
  const write = rows.rooms.length === 1 ? WRITE_ONE : WRITE_MANY;
  const shape = [rows.rooms.length === 1 ? 'one' : 'many', ...present].join('+');
  let statement = statements.get(shape);
  if (!statement) {
    const sets = present.map((set, index) => SETS[set].replace('$ROWS', `$${index + 2}::jsonb`));
    const text = `with ${[ROOMS.replace('$ROWS', '$1::jsonb'), write, ...sets].join(',')}\nselect id from written`;
    statement = { name: `append-${statements.size}`, text };
    statements.set(shape, statement);
  }
  return { ...statement, values };
}

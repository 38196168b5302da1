import type { ConversationId, MessageId, RoomHead } from '@sala/contracts';
import type { Database } from '@sala/db';
import { headOf } from '../log/readLog.ts';

/** A conversation's head with the channel it is on, or null. */
export async function readRoomWithChannel({ pool }: Database, conversationId: ConversationId) {
  const { rows } = await pool.query<{ seq: number; head: RoomHead; channelId: string; channelName: string }>(
    `select c."lastSeq" as seq, c.head, ch.id as "channelId", ch.name as "channelName"
     from "Conversation" c join "Channel" ch on ch.id = c."channelId" where c.id = $1`,
    [conversationId],
  );
  const row = rows[0];
  return row
    ? { seq: row.seq, head: headOf(row.head), channel: { channelId: row.channelId, name: row.channelName } }
    : null;
}

/** A message, who wrote it, how its delivery stands, and the event that says it failed; or null. */
export async function readMessage({ pool }: Database, conversationId: ConversationId, messageId: MessageId) {
  const { rows } = await pool.query<{
    author: 'customer' | 'bot' | 'operator';
    operatorId: string | null;
    delivery: string | null;
    failedSeq: number | null;
  }>(
    `select m.author, m."operatorId", m.delivery,
       (select max(e.seq) from "Event" e where e."conversationId" = m."conversationId" and e.seq > m.seq
          and e.fact->>'type' = 'delivery.failed' and e.fact->>'messageId' = m.id) as "failedSeq"
     from "Message" m where m."conversationId" = $1 and m.id = $2`,
    [conversationId, messageId],
  );
  return rows[0] ?? null;
}

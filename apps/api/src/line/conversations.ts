import { type ChannelId, type ConversationId, emptyHead } from '@sala/contracts';
import type { Deps } from '../deps.ts';
import type { LineSource } from './lineEvent.ts';

/** The conversation with this user, group or room on this channel; made when it is the first time. */
export async function conversationWith(
  { db, clock, newId }: Pick<Deps, 'db' | 'clock' | 'newId'>,
  channelId: ChannelId,
  { type, lineId }: LineSource,
): Promise<ConversationId> {
  const known = 'select id from "Conversation" where "channelId" = $1 and "lineId" = $2';
  const found = await db.pool.query<{ id: string }>(known, [channelId, lineId]);
  if (found.rows[0]) return found.rows[0].id;
  const at = clock().toISOString();
  const made = await db.pool.query<{ id: string }>(
    `insert into "Conversation" (id, "channelId", "sourceType", "lineId", "createdAt", head, shelf, "sortedAt")
     values ($1, $2, $3, $4, $5, $6, 'bot', $5) on conflict ("channelId", "lineId") do nothing returning id`,
    [newId(), channelId, type, lineId, at, emptyHead(at)],
  );
  if (made.rows[0]) return made.rows[0].id;
  // Somebody made it between the two statements.
  const { rows } = await db.pool.query<{ id: string }>(known, [channelId, lineId]);
  return rows[0]!.id;
}

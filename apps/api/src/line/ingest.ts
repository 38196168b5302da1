import type { ChannelId, ConversationId } from '@sala/contracts';
import type { z } from 'zod';
import type { Channel } from '../channels/channelBook.ts';
import type { Deps } from '../deps.ts';
import { conversationWith } from './conversations.ts';
import type { Finish } from './intake.ts';
import { eventIdOf, LineEvent, sourceOf } from './lineEvent.ts';
import { recordingOf } from './record.ts';
import { storable } from './storable.ts';

/** A webhook event as it is stored, with the conversation it belongs to where that was known by then. */
export type StoredEvent = { webhookEventId: string; payload: unknown; conversationId?: ConversationId | null };

/**
 * Keeps the events of a webhook, each once, and answers those that were new. Only then may the webhook be
 * acknowledged: LINE does not send again what was answered 200.
 */
export async function storeEvents(
  { db, clock }: Deps,
  channelId: ChannelId,
  events: unknown[],
): Promise<StoredEvent[]> {
  if (events.length === 0) return [];
  // The same event twice in one webhook would be two rows for one key.
  const byId = new Map(storable(events).map((payload) => [eventIdOf(payload), payload]));
  const { rows } = await db.pool.query<{ webhookEventId: string; conversationId: ConversationId | null }>({
    ...(db.namesStatements && { name: 'store-events' }),
    text: STORE,
    values: [channelId, clock(), JSON.stringify([...byId].map(([id, payload]) => ({ id, payload })))],
  });
  return rows.map(({ webhookEventId, conversationId }) => ({
    webhookEventId,
    payload: byId.get(webhookEventId),
    conversationId,
  }));
}

/** On the same way it is asked whose they are: what is sent next then costs a room one statement. */
const STORE = `
  with event as (
    select id, coalesce(payload, 'null') as payload from jsonb_to_recordset($3::jsonb) as e(id text, payload jsonb)),
  stored as (
    insert into "LineEvent" ("channelId", "webhookEventId", "receivedAt", payload)
    select $1, id, $2, payload from event on conflict do nothing returning "webhookEventId", payload->'source' as source)
  select s."webhookEventId", c.id as "conversationId" from stored s
  left join "Conversation" c on c."channelId" = $1 and c."lineId" = case s.source->>'type'
    when 'user' then s.source->>'userId' when 'group' then s.source->>'groupId' when 'room' then s.source->>'roomId' end`;

/**
 * Records stored events: those of one conversation in the order in which they happened, different conversations side
 * by side. An event that cannot be understood is set aside with the reason; one that fails for another cause stays
 * pending for the sweep. Never throws; answers the ids of those that failed.
 */
export async function ingest(deps: Deps, channel: Channel, stored: readonly StoredEvent[]): Promise<string[]> {
  const { channelId } = channel;
  const failed: string[] = [];
  const taken = inOrder(stored).map(({ webhookEventId, payload, conversationId }) => {
    const event = LineEvent.safeParse(payload);
    const task = async (): Promise<Finish> => {
      if (!event.success) {
        return () => settle(deps, channelId, webhookEventId, 'setAside', whereWrong(event.error));
      }
      await record(deps, channel, { webhookEventId, conversationId, event: event.data });
      return () => settle(deps, channelId, webhookEventId, 'done', null);
    };
    const noted = <T>(work: Promise<T>): Promise<T | void> =>
      work.catch((error: unknown) => {
        deps.log.error({ err: error, channelId, webhookEventId }, 'an event stays pending');
        failed.push(webhookEventId);
      });
    const lane = `${channelId}:${event.success ? sourceOf(event.data).lineId : ''}`;
    return deps.intake.take({ id: `${channelId}:${webhookEventId}`, lane }, async () => {
      const finish = await noted(task());
      return finish && (() => noted(finish()));
    });
  });
  await Promise.all(taken);
  return failed;
}

const whereWrong = (error: z.ZodError): string => error.issues[0]?.path.join('.') || 'event';

type Recordable = Omit<StoredEvent, 'payload'> & { event: LineEvent };

async function record(deps: Deps, channel: Channel, { webhookEventId, event, ...stored }: Recordable): Promise<void> {
  const source = sourceOf(event);
  const conversationId = stored.conversationId ?? (await conversationWith(deps, channel.channelId, source));
  const { once, decide } = recordingOf(event, webhookEventId, { settings: channel.bot, newId: deps.newId });
  const { events } = await deps.rooms.change({ conversationId, once }, decide);
  const begins = events.some(
    ({ seq, fact }) => seq === 1 || fact.type === 'session.opened' || fact.type === 'customer.followed',
  );
  if (begins && source.type === 'user') await deps.jobs.fetchProfile(conversationId);
}

export async function settle(
  { db }: Deps,
  channelId: ChannelId,
  webhookEventId: string,
  state: 'done' | 'setAside',
  problem: string | null,
): Promise<void> {
  await db.pool.query({
    ...(db.namesStatements && { name: 'settle-event' }),
    text: 'update "LineEvent" set state = $3, problem = $4 where "channelId" = $1 and "webhookEventId" = $2',
    values: [channelId, webhookEventId, state, problem],
  });
}

/** LINE's timestamp orders events; arrival does not. */
function inOrder(stored: readonly StoredEvent[]): StoredEvent[] {
  return stored.toSorted((a, b) => timeOf(a) - timeOf(b));
}

/** An event without a time of its own cannot be understood; it must not confuse the order of the others. */
function timeOf({ payload }: StoredEvent): number {
  const timestamp = (payload as { timestamp?: unknown } | null)?.timestamp;
  return typeof timestamp === 'number' ? timestamp : 0;
}

import type { ChannelId, ConversationId } from '@sala/contracts';
import type { Database } from '@sala/db';
import { Grouped } from '../grouped.ts';
import { eventIdOf } from './lineEvent.ts';
import { storable } from './storable.ts';

/** A webhook event as it is stored, with the conversation it belongs to where that was known by then. */
export type StoredEvent = { webhookEventId: string; payload: unknown; conversationId?: ConversationId | null };

/** What became of an event: recorded, or set aside for somebody to look at. */
export type Settled = {
  channelId: ChannelId;
  webhookEventId: string;
  state: 'done' | 'setAside';
  problem: string | null;
};

type Webhook = { channelId: ChannelId; receivedAt: Date; payloads: ReadonlyMap<string, unknown> };

/** Webhooks wait for it; marking waits for nobody, and leaves the connections to others. */
const STORING = { atMost: 50, atOnce: 3 };
const SETTLING = { atMost: 200, atOnce: 1 };

/** The events of LINE's webhooks, each kept once, with what became of it. Under load several webhooks share a statement. */
export class EventStore {
  readonly #db: Database;
  readonly #clock: () => Date;
  readonly #storing: Grouped<Webhook, StoredEvent[]>;
  readonly #settling: Grouped<Settled, void>;

  constructor({ db, clock }: { db: Database; clock: () => Date }) {
    this.#db = db;
    this.#clock = clock;
    this.#storing = new Grouped((webhooks) => this.#store(webhooks), STORING);
    this.#settling = new Grouped((settled) => this.#settle(settled), SETTLING);
  }

  /**
   * Keeps the events of a webhook, each once, and answers those that were new. Only then may the webhook be
   * acknowledged: LINE does not send again what was answered 200.
   */
  async store(channelId: ChannelId, events: readonly unknown[]): Promise<StoredEvent[]> {
    if (events.length === 0) return [];
    const payloads = new Map(storable(events).map((payload) => [eventIdOf(payload), payload]));
    return this.#storing.add({ channelId, receivedAt: this.#clock(), payloads });
  }

  settle(settled: Settled): Promise<void> {
    return this.#settling.add(settled);
  }

  async #store(webhooks: readonly Webhook[]): Promise<StoredEvent[][]> {
    const rows = webhooks.flatMap(({ channelId, receivedAt, payloads }, webhook) =>
      [...payloads].map(([id, payload]) => ({ webhook, channelId, receivedAt, id, payload })),
    );
    const { rows: stored } = await this.#db.pool.query<NewEvent>({
      ...(this.#db.namesStatements && { name: 'store-events' }),
      text: STORE,
      values: [JSON.stringify(rows)],
    });
    const conversations = new Map(stored.map((one) => [`${one.webhook} ${one.webhookEventId}`, one.conversationId]));
    // In the order of the webhook: of two events of one moment the first happened first.
    return webhooks.map(({ payloads }, webhook) =>
      [...payloads].flatMap(([webhookEventId, payload]) => {
        const conversationId = conversations.get(`${webhook} ${webhookEventId}`);
        return conversationId === undefined ? [] : [{ webhookEventId, payload, conversationId }];
      }),
    );
  }

  async #settle(settled: readonly Settled[]): Promise<void[]> {
    await this.#db.pool.query({
      ...(this.#db.namesStatements && { name: 'settle-events' }),
      text: SETTLE,
      values: [JSON.stringify(settled)],
    });
    return settled.map(() => undefined);
  }
}

type NewEvent = { webhook: number; webhookEventId: string; conversationId: ConversationId | null };

/*
 * One event in two webhooks is the first one's. In order of key, so that two servers with the same events wait for each
 * other instead of deadlocking. On the same way it is asked whose they are: what is sent next then costs a room one
 * statement.
 */
const STORE = `
  with event as (
    select distinct on ("channelId", id) webhook, "channelId", id, "receivedAt", coalesce(payload, 'null') as payload
    from jsonb_to_recordset($1::jsonb) as e(webhook int, "channelId" text, id text, "receivedAt" timestamptz, payload jsonb)
    order by "channelId", id, webhook),
  stored as (
    insert into "LineEvent" ("channelId", "webhookEventId", "receivedAt", payload)
    select "channelId", id, "receivedAt", payload from event on conflict do nothing
    returning "channelId", "webhookEventId", payload->'source' as source)
  select e.webhook, s."webhookEventId", c.id as "conversationId" from stored s
  join event e on e."channelId" = s."channelId" and e.id = s."webhookEventId"
  left join "Conversation" c on c."channelId" = s."channelId" and c."lineId" = case s.source->>'type'
    when 'user' then s.source->>'userId' when 'group' then s.source->>'groupId' when 'room' then s.source->>'roomId' end`;

const SETTLE = `
  update "LineEvent" e set state = s.state, problem = s.problem
  from jsonb_to_recordset($1::jsonb) as s("channelId" text, "webhookEventId" text, state text, problem text)
  where e."channelId" = s."channelId" and e."webhookEventId" = s."webhookEventId"`;

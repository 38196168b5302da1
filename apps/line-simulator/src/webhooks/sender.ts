import { BoundedMap } from '../bounded-map.ts';
import { pause } from '../pause.ts';
import type { Platform } from '../platform.ts';
import type { Channel } from '../world/channels.ts';
import { encodeBody, sign } from './encoding.ts';
import { redelivered, summarised, type WebhookEvent } from './event.ts';
import { postWebhook, type WebhookAnswer } from './posting.ts';
import { ShuffledBatches } from './shuffled-batches.ts';

/** How many events can still be redelivered by hand. */
const REMEMBERED_EVENTS = 20_000;
/** Redeliveries waiting for their time. A bot that is down under load loses the rest, as it may with LINE. */
const MAX_WAITING_REDELIVERIES = 10_000;

const WRONG_SECRET = 'not the secret of any channel';

/** Takes events to the bot, through whatever weather there is. */
export class WebhookSender {
  readonly #platform: Platform;
  readonly #sent = new BoundedMap<string, { channelId: string; event: WebhookEvent }>(REMEMBERED_EVENTS);
  readonly #batches: ShuffledBatches;
  #waitingRedeliveries = 0;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.#batches = new ShuffledBatches(platform.lifetime, (channel, events) => this.sendBatch(channel, events));
  }

  /** Sends one event as the weather has it: later, or in a shuffled batch with what others are doing. */
  async send(channel: Channel, event: WebhookEvent): Promise<WebhookAnswer> {
    return this.#platform.weather.now.shuffle ? this.#batches.add(channel, event) : this.sendBatch(channel, [event]);
  }

  /** Sends events in one call, in the order given. Resolves with the answer to the first delivery. */
  async sendBatch(channel: Channel, events: readonly WebhookEvent[]): Promise<WebhookAnswer> {
    for (const event of events) this.#sent.set(event.webhookEventId, { channelId: channel.id, event });
    const { weather, lifetime } = this.#platform;
    await pause(weather.now.delayMs, lifetime);
    const attempts = [this.#attempt(channel, events, { note: null })];
    if (weather.now.duplicate) attempts.push(this.#attempt(channel, events, { note: 'again' }));
    const [answer] = await Promise.all(attempts);
    if (answer!.reason !== 'ok') void this.#redeliverLater(channel, events);
    return answer!;
  }

  /** Sends an event again at once, marked as a redelivery. `undefined` if it is not remembered. */
  async redeliver(webhookEventId: string): Promise<WebhookAnswer | undefined> {
    const sent = this.#sent.get(webhookEventId);
    const channel = sent && this.#platform.channels.get(sent.channelId);
    return channel && this.#redeliverNow(channel, [sent.event]);
  }

  /** Sends these bytes as they are. `signature: undefined` signs them rightly, `null` leaves the header out. */
  async sendRaw(channel: Channel, body: Buffer, signature?: string | null): Promise<WebhookAnswer> {
    const header = signature === undefined ? sign(channel.secret, body) : signature;
    return this.#post(channel, { body, signature: header, summary: 'raw body', note: null });
  }

  /** Sends a webhook without events, as the Verify button does. It is never repeated. */
  async sendEmpty(channel: Channel): Promise<WebhookAnswer> {
    return this.#attempt(channel, [], { note: 'test' });
  }

  #redeliverNow(channel: Channel, events: readonly WebhookEvent[]): Promise<WebhookAnswer> {
    return this.#attempt(channel, events.map(redelivered), { note: 'redelivery' });
  }

  async #redeliverLater(channel: Channel, events: readonly WebhookEvent[]): Promise<void> {
    const { weather, lifetime } = this.#platform;
    if (!weather.now.redelivery || this.#waitingRedeliveries >= MAX_WAITING_REDELIVERIES) return;
    this.#waitingRedeliveries += 1;
    try {
      for (const waitMs of weather.now.redeliveryScheduleMs) {
        if (!(await pause(waitMs, lifetime)) || !weather.now.redelivery) return;
        // By now the channel may have another secret or another address.
        const current = this.#platform.channels.get(channel.id) ?? channel;
        const { reason } = await this.#redeliverNow(current, events);
        if (reason === 'ok') return;
      }
    } finally {
      this.#waitingRedeliveries -= 1;
    }
  }

  #attempt(channel: Channel, events: readonly WebhookEvent[], { note }: { note: string | null }) {
    const { clock, replyTokens, weather } = this.#platform;
    for (const { replyToken } of events) {
      if (replyToken) replyTokens.sent(replyToken, { at: clock(), isRedelivery: note === 'redelivery' });
    }
    const body = encodeBody(channel.botUserId, events);
    const signature = sign(weather.now.wrongSignature ? WRONG_SECRET : channel.secret, body);
    return this.#post(channel, { body, signature, summary: summarised(events), note });
  }

  async #post(
    channel: Channel,
    {
      body,
      signature,
      summary,
      note,
    }: { body: Buffer; signature: string | null; summary: string; note: string | null },
  ): Promise<WebhookAnswer> {
    const { clock, lifetime, weather, wire } = this.#platform;
    const at = clock();
    const answer: WebhookAnswer =
      weather.now.cutLine || !channel.webhookUrl
        ? { status: 0, reason: 'could_not_connect', latencyMs: 0 }
        : await postWebhook(channel.webhookUrl, { body, signature, signal: lifetime });
    const { status, latencyMs } = answer;
    const outcome = answer.reason === 'ok' || answer.reason === 'error_status_code' ? null : answer.reason;
    wire.record({
      at,
      direction: 'out',
      kind: 'hook',
      channelId: channel.id,
      summary,
      status,
      latencyMs,
      note: [note, outcome].filter(Boolean).join(', ') || null,
      request: parsedIfJson(body),
      response: null,
    });
    return answer;
  }
}

function parsedIfJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return body.toString('utf8');
  }
}

import { pause } from '../pause.ts';
import type { Channel } from '../world/channels.ts';
import type { WebhookEvent } from './event.ts';
import type { WebhookAnswer } from './posting.ts';

/** How long the first event waits for another person's. Long enough to type two messages by hand. */
export const GATHER_MS = 1_500;
/** A batch goes out at this size at the latest. */
const BATCH_LIMIT = 100;

type Gathering = { events: WebhookEvent[]; answer: Promise<WebhookAnswer> };

/** Gathers events per channel for a moment and lets them go in one call, the last first. */
export class ShuffledBatches {
  readonly #gathering = new Map<string, Gathering>();
  readonly #lifetime: AbortSignal;
  readonly #send: (channel: Channel, events: WebhookEvent[]) => Promise<WebhookAnswer>;

  constructor(lifetime: AbortSignal, send: (channel: Channel, events: WebhookEvent[]) => Promise<WebhookAnswer>) {
    this.#lifetime = lifetime;
    this.#send = send;
  }

  /** Resolves when the batch the event went out in has been answered. */
  add(channel: Channel, event: WebhookEvent): Promise<WebhookAnswer> {
    const open = this.#gathering.get(channel.id);
    if (open && open.events.length < BATCH_LIMIT) {
      open.events.push(event);
      return open.answer;
    }
    const events = [event];
    const answer = pause(GATHER_MS, this.#lifetime).then(() => {
      if (this.#gathering.get(channel.id)?.events === events) this.#gathering.delete(channel.id);
      return this.#send(channel, events.toReversed());
    });
    this.#gathering.set(channel.id, { events, answer });
    return answer;
  }
}

import { z } from 'zod';
import type { Live } from '../live.ts';

/** LINE keeps its own schedule secret and may change it; these waits are ours. */
const REDELIVERY_SCHEDULE_MS = [10_000, 60_000, 300_000, 1_800_000];
const REPLY_TOKEN_LIFE_MS = 60_000;

/** The weather between LINE and the bot: what holds until it is changed. */
export const Conditions = z.object({
  /** Every webhook is sent twice, at the same time and byte for byte alike. */
  duplicate: z.boolean(),
  /** Milliseconds between what a person does and its webhook. */
  delayMs: z.int().min(0).max(60_000),
  /** Events of several people are gathered for a moment and sent in one call, the last first. */
  shuffle: z.boolean(),
  /** Webhooks are signed with a secret that is not the channel's. */
  wrongSignature: z.boolean(),
  /** Nothing gets through, either way. */
  cutLine: z.boolean(),
  /** How long a reply token lives, from when its webhook was sent. */
  replyTokenLifeMs: z.int().min(0).max(3_600_000),
  /** Whether webhooks that were not answered with 2xx are sent again, and after which waits. */
  redelivery: z.boolean(),
  redeliveryScheduleMs: z.array(z.int().min(0).max(86_400_000)).max(20),
});
export type Conditions = z.infer<typeof Conditions>;

export const FAIR_WEATHER: Conditions = {
  duplicate: false,
  delayMs: 0,
  shuffle: false,
  wrongSignature: false,
  cutLine: false,
  replyTokenLifeMs: REPLY_TOKEN_LIFE_MS,
  redelivery: false,
  redeliveryScheduleMs: REDELIVERY_SCHEDULE_MS,
};

export class Weather {
  #now: Conditions = FAIR_WEATHER;
  readonly #live: Live;

  constructor(live: Live) {
    this.#live = live;
  }

  get now(): Conditions {
    return this.#now;
  }

  change(conditions: Partial<Conditions>): Conditions {
    this.#now = { ...this.#now, ...conditions };
    this.#live.tell({ type: 'faults' });
    return this.#now;
  }
}

import { BoundedMap } from '../bounded-map.ts';

/** Far more than can be alive at once, at a minute of life each. */
const TOKEN_LIMIT = 100_000;
/** A redelivered event's token is dead this long after the event happened, however fresh the redelivery. */
const REDELIVERED_TOKEN_LIFE_MS = 20 * 60 * 1000;

type ReplyToken = {
  channelId: string;
  userId: string;
  /** When the event happened, by its own timestamp. */
  eventAt: number;
  /** When its webhook was last sent. */
  sentAt: number;
  isRedelivered: boolean;
};

export class ReplyTokens {
  readonly #unused = new BoundedMap<string, ReplyToken>(TOKEN_LIMIT);

  issue(token: string, about: Omit<ReplyToken, 'isRedelivered'>): void {
    this.#unused.set(token, { ...about, isRedelivered: false });
  }

  /** The webhook went out (again): the minute starts now. A token that was used stays used. */
  sent(token: string, { at, isRedelivery }: { at: number; isRedelivery: boolean }): void {
    const held = this.#unused.get(token);
    if (held) this.#unused.set(token, { ...held, sentAt: at, isRedelivered: held.isRedelivered || isRedelivery });
  }

  /** Who the token answers, if this channel may still use it. `lifeMs` counts from when the webhook was sent. */
  find(token: string, { channelId, now, lifeMs }: { channelId: string; now: number; lifeMs: number }): string | null {
    const held = this.#unused.get(token);
    if (!held || held.channelId !== channelId) return null;
    if (now - held.sentAt >= lifeMs) return null;
    if (held.isRedelivered && now - held.eventAt >= REDELIVERED_TOKEN_LIFE_MS) return null;
    return held.userId;
  }

  use(token: string): void {
    this.#unused.delete(token);
  }
}

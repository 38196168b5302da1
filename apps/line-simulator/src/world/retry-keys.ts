import { BoundedMap } from '../bounded-map.ts';

/** How long LINE remembers an accepted retry key. After that the same key is a new request. */
const RETRY_KEY_LIFE_MS = 24 * 60 * 60 * 1000;
const RETRY_KEY_LIMIT = 100_000;

export const RETRY_KEY_SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export type SentMessage = { id: string; quoteToken?: string };
type Accepted = { requestId: string; sentMessages: SentMessage[]; at: number };

/** The requests that were accepted, by channel and retry key. */
export class RetryKeys {
  readonly #accepted = new BoundedMap<string, Accepted>(RETRY_KEY_LIMIT);

  find(channelId: string, retryKey: string, now: number): Accepted | undefined {
    const accepted = this.#accepted.get(slot(channelId, retryKey));
    return accepted && now - accepted.at < RETRY_KEY_LIFE_MS ? accepted : undefined;
  }

  accept(channelId: string, retryKey: string, accepted: Accepted): void {
    this.#accepted.set(slot(channelId, retryKey), accepted);
  }
}

const slot = (channelId: string, retryKey: string) => `${channelId}/${retryKey.toLowerCase()}`;

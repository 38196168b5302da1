import type { ServerId } from './bus.ts';

/** What hearing a message means: it follows the one before, or some in between were missed. */
export type Hearing = 'next' | 'gap';

/**
 * The other servers, as one hears them: each numbers what it says 1, 2, 3, …, so that whoever misses something can tell.
 * Pure: `now` comes from outside, in milliseconds of any steady clock.
 */
export class Peers {
  readonly #heard = new Map<ServerId, { number: number; at: number }>();

  get size(): number {
    return this.#heard.size;
  }

  /** A message of a peer. One heard for the first time with a number above 1 has said things that were missed. */
  hear(serverId: ServerId, number: number, now: number): Hearing {
    const before = this.#heard.get(serverId)?.number ?? 0;
    this.#heard.set(serverId, { number: Math.max(before, number), at: now });
    return number <= before + 1 ? 'next' : 'gap';
  }

  /** Nobody was heard for reasons of one's own: everybody's silence begins anew. */
  restart(now: number): void {
    for (const peer of this.#heard.values()) peer.at = now;
  }

  /** It said goodbye, or was silent for too long. Answers whether it was known. */
  forget(serverId: ServerId): boolean {
    return this.#heard.delete(serverId);
  }

  /** The peers not heard for longer than `ms`. */
  silentFor(ms: number, now: number): ServerId[] {
    return [...this.#heard].filter(([, { at }]) => now - at > ms).map(([serverId]) => serverId);
  }
}

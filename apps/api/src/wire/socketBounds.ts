import { refuse } from '@sala/contracts';
import { WINDOW_MS } from '../limit/limits.ts';
import { once } from './once.ts';

/** Streams of one tab: it has about six, and the rooms it looks into. */
export const MAX_SUBSCRIPTIONS = 50;

/** Past so many times the limit of calls, refused within a window, somebody does not listen to "not now". */
const FLOOD = 3;

/** What one socket has under way, and how much of it there may be. */
export class SocketBounds {
  #subscriptions = 0;
  #calls = 0;
  #refused = 0;
  #refusedFrom = 0;
  #rest: (() => void) | null = null;

  /** A stream begins. Ends with the answer, which may be called again. @throws RATE_LIMITED when there are too many */
  subscribe(): () => void {
    if (this.#subscriptions >= MAX_SUBSCRIPTIONS) refuse({ code: 'RATE_LIMITED', retryAfterMs: WINDOW_MS });
    this.#subscriptions += 1;
    return once(() => (this.#subscriptions -= 1));
  }

  /** A call begins. Ends with the answer. */
  call(): () => void {
    this.#calls += 1;
    return once(() => {
      this.#calls -= 1;
      if (this.#calls === 0) this.#rest?.();
    });
  }

  /** Resolves when every call that began is answered. */
  async atRest(): Promise<void> {
    if (this.#calls > 0) await new Promise<void>((resolve) => (this.#rest = resolve));
  }

  /** A call was refused, because there were too many; answers whether it is a flood. */
  isFlooded(now: number, maxCalls: number): boolean {
    if (now - this.#refusedFrom > WINDOW_MS) [this.#refusedFrom, this.#refused] = [now, 0];
    this.#refused += 1;
    return this.#refused > FLOOD * maxCalls;
  }
}

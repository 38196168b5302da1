import { refuse } from '@sala/contracts';
import type { RoomFeed } from './roomFeed.ts';
import type { Sees } from './seen.ts';

/** The time in which somebody follows a room and sees it. `signal` ends it, whichever is over first. */
export class Sighted implements Disposable {
  readonly #over = new AbortController();
  readonly #watch: Disposable;
  readonly #given: AbortSignal;
  #isLost = false;

  constructor(feed: RoomFeed, { cursor, sees }: { cursor: number; sees: Sees }, given: AbortSignal) {
    this.#given = given;
    const lost = () => {
      this.#isLost = true;
      this.#over.abort();
    };
    this.#watch = feed.watch({ cursor, sees, lost });
    if (given.aborted) this.#over.abort();
    else given.addEventListener('abort', this.#end, { once: true });
  }

  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** @throws NOT_FOUND when it is over because the room is not seen any more: for who followed it there is none. */
  assert(): void {
    if (this.#isLost) refuse({ code: 'NOT_FOUND' });
  }

  [Symbol.dispose](): void {
    this.#watch[Symbol.dispose]();
    this.#given.removeEventListener('abort', this.#end);
  }

  readonly #end = (): void => this.#over.abort();
}

import { type Operator, type OperatorId, type PresenceChange } from '@sala/contracts';

/** A page that reloads is gone for a moment; only who stays away this long has left. */
const LEAVE_AFTER_MS = 3_000;

type Here = { operator: Operator; tabs: number; leaving: NodeJS.Timeout | undefined };

/** Who is on the desk, in this process: operators, however many tabs each has. */
export class Presence {
  readonly #here = new Map<OperatorId, Here>();
  readonly #listeners = new Set<(change: PresenceChange) => void>();

  /** Who is here now. */
  get operators(): Operator[] {
    return [...this.#here.values()].map(({ operator }) => operator);
  }

  /** One tab of an operator is open until the answer is disposed of. */
  arrive(operator: Operator): Disposable {
    const { operatorId } = operator;
    const here = this.#here.get(operatorId) ?? { operator, tabs: 0, leaving: undefined };
    clearTimeout(here.leaving);
    here.tabs += 1;
    if (!this.#here.has(operatorId)) {
      this.#here.set(operatorId, here);
      this.#tell({ type: 'arrived', operator });
    }
    return {
      [Symbol.dispose]: () => {
        here.tabs -= 1;
        if (here.tabs === 0) here.leaving = setTimeout(() => this.#leave(operatorId), LEAVE_AFTER_MS);
      },
    };
  }

  /** The snapshot, then who comes and who leaves, until `signal` ends it. The follower counts as here meanwhile. */
  async *follow(operator: Operator, signal: AbortSignal): AsyncGenerator<PresenceChange> {
    using _tab = this.arrive(operator);
    let untold: PresenceChange[] = [];
    let wake: (() => void) | null = null;
    const listener = (change: PresenceChange) => {
      untold.push(change);
      // Whoever does not read gets a fresh snapshot instead of an endless list.
      if (untold.length > MAX_UNTOLD) untold = [{ type: 'snapshot', operators: this.operators }];
      wake?.();
    };
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => wake?.(), { once: true });
    try {
      yield { type: 'snapshot', operators: this.operators };
      while (!signal.aborted) {
        const told = untold;
        untold = [];
        yield* told;
        if (untold.length === 0 && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#listeners.delete(listener);
    }
  }

  close(): void {
    for (const { leaving } of this.#here.values()) clearTimeout(leaving);
  }

  #leave(operatorId: OperatorId): void {
    this.#here.delete(operatorId);
    this.#tell({ type: 'left', operatorId });
  }

  #tell(change: PresenceChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

const MAX_UNTOLD = 100;

import type { Notice, OperatorId } from '@sala/contracts';
import { type Bus, DESK, type Given } from '../bus/bus.ts';

/** Who lost the connection, or polls, is told of what they missed when they are back within this time. */
const KEPT_MS = 60_000;
const MAX_KEPT = 1_000;

/** What was said to single operators a moment ago, on any server. Ids sort by time. */
export class Notices {
  readonly #bus: Bus;
  readonly #clock: () => Date;
  readonly #newId: () => string;
  readonly #listeners = new Map<OperatorId, Set<(given: Given) => void>>();
  readonly #unlisten: () => void;
  #kept: Given[] = [];

  constructor({ bus, clock, newId }: { bus: Bus; clock: () => Date; newId: () => string }) {
    this.#bus = bus;
    this.#clock = clock;
    this.#newId = newId;
    this.#unlisten = bus.listen('notice', DESK, (given) => this.#hear(given));
  }

  /** Tells the operator, in every tab, on every server. */
  give(operatorId: OperatorId, notice: Notice): void {
    this.#bus.publish('notice', DESK, { operatorId, id: this.nextId(), notice });
  }

  /** An id behind all that were given until now. */
  nextId(): string {
    return `${this.#clock().toISOString()}-${this.#newId()}`;
  }

  /** What the operator was told after that id, as far as it is still known. */
  after(operatorId: OperatorId, id: string): Given[] {
    return this.#kept.filter((given) => given.operatorId === operatorId && given.id > id);
  }

  /** Calls `heard` with what the operator is told from now on, until the answer is called. */
  listen(operatorId: OperatorId, heard: (given: Given) => void): () => void {
    const here = this.#listeners.get(operatorId) ?? new Set();
    this.#listeners.set(operatorId, here.add(heard));
    return () => {
      here.delete(heard);
      if (here.size === 0) this.#listeners.delete(operatorId);
    };
  }

  close(): void {
    this.#unlisten();
  }

  #hear(given: Given): void {
    const since = new Date(this.#clock().getTime() - KEPT_MS).toISOString();
    this.#kept = [...this.#kept.filter(({ id }) => id > since), given].slice(-MAX_KEPT);
    for (const heard of this.#listeners.get(given.operatorId) ?? []) heard(given);
  }
}

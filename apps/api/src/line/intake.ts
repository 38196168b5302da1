import PQueue from 'p-queue';

/** How many conversations are recorded at once: the rest of the connections belongs to webhooks and operators. */
const MAX_AT_ONCE = 8;

/** More than this is left in the database, where the sweep finds it when things are calmer. */
const MAX_WAITING = 5_000;

/** Acknowledged events on their way into the log: one after another in each conversation, some conversations at once. */
export class Intake {
  readonly #queue = new PQueue({ concurrency: MAX_AT_ONCE });
  readonly #lanes = new Map<string, Promise<void>>();
  #waiting = 0;

  get isBusy(): boolean {
    return this.#waiting > 0;
  }

  /** Does the task after those given for this lane before. Resolves when it is done, or at once when there are too many. */
  async take(lane: string, task: () => Promise<void>): Promise<void> {
    if (this.#waiting >= MAX_WAITING) return;
    this.#waiting += 1;
    const turn = (this.#lanes.get(lane) ?? Promise.resolve()).then(() => this.#queue.add(task));
    this.#lanes.set(lane, turn);
    await turn.finally(() => {
      this.#waiting -= 1;
      if (this.#lanes.get(lane) === turn) this.#lanes.delete(lane);
    });
  }

  /** Resolves when nothing is on its way any more. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#lanes.values());
  }
}

import PQueue from 'p-queue';

/** How many conversations are recorded at once: the rest of the connections belongs to webhooks and operators. */
const MAX_AT_ONCE = 8;

/** More than this is left in the database, where the sweep finds it when things are calmer. */
const MAX_WAITING = 5_000;

/** Recorded events are marked as done beside the others, and few at once: nobody waits for it. */
const MAX_FINISHING = 4;

/** What is left to do for an event when the next one of its lane may begin. */
export type Finish = () => Promise<void>;

/** Acknowledged events on their way into the log: one after another in each conversation, some conversations at once. */
export class Intake {
  readonly #queue = new PQueue({ concurrency: MAX_AT_ONCE });
  readonly #finishing = new PQueue({ concurrency: MAX_FINISHING });
  readonly #lanes = new Map<string, Promise<Finish | void>>();
  readonly #taken = new Set<Promise<void>>();
  readonly #underWay = new Set<string>();

  /**
   * Does the task after those given for this lane before. Resolves when it is finished; or at once when there are too
   * many, or when the event, named by `id`, is on its way already.
   */
  async take({ id, lane }: { id: string; lane: string }, task: () => Promise<Finish | void>): Promise<void> {
    if (this.#underWay.has(id) || this.#underWay.size >= MAX_WAITING) return;
    this.#underWay.add(id);
    const turn = (this.#lanes.get(lane) ?? Promise.resolve()).then(() => this.#queue.add(task));
    this.#lanes.set(lane, turn);
    const finished = this.#finish(turn).finally(() => {
      this.#underWay.delete(id);
      this.#taken.delete(finished);
      if (this.#lanes.get(lane) === turn) this.#lanes.delete(lane);
    });
    this.#taken.add(finished);
    await finished;
  }

  async #finish(turn: Promise<Finish | void>): Promise<void> {
    const finish = await turn;
    if (finish) await this.#finishing.add(finish);
  }

  /** Resolves when nothing is on its way any more. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#taken);
  }
}

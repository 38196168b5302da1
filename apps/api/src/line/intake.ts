import PQueue from 'p-queue';

/** How many conversations are looked up, and how many events are recorded at once: connections are left for operators. */
const MAX_PREPARING = 8;
const MAX_RECORDING = 64;

/** More than this is left in the database, where the sweep finds it when things are calmer. */
const MAX_WAITING = 5_000;

/** What is done for an event: `record` begins in the order of the lane, and the next one of the lane does not wait for it. */
type Work<Ready> = { prepare: () => Promise<Ready>; record: (ready: Ready) => Promise<void> };

/** Acknowledged events on their way into the log: one after another in each conversation, some conversations at once. */
export class Intake {
  readonly #preparing = new PQueue({ concurrency: MAX_PREPARING });
  readonly #recording = new PQueue({ concurrency: MAX_RECORDING });
  readonly #lanes = new Map<string, Promise<unknown>>();
  readonly #taken = new Set<Promise<void>>();
  readonly #underWay = new Set<string>();

  /**
   * Begins the work when that of those given for this lane before has begun. Resolves when it is done; or at once when
   * there are too many, or when the event, named by `id`, is on its way already. @throws what the work throws
   */
  async take<Ready>({ id, lane }: { id: string; lane: string }, work: Work<Ready>): Promise<void> {
    if (this.#underWay.has(id) || this.#underWay.size >= MAX_WAITING) return;
    this.#underWay.add(id);
    const begun = (this.#lanes.get(lane) ?? Promise.resolve())
      .then(() => this.#preparing.add(work.prepare))
      .then((ready) => ({ recorded: this.#recording.add(() => work.record(ready)) }));
    // Whatever became of this one, the next one begins.
    const turn = begun.catch(() => undefined);
    this.#lanes.set(lane, turn);
    const done = begun
      .then(({ recorded }) => recorded)
      .finally(() => {
        this.#underWay.delete(id);
        this.#taken.delete(done);
        if (this.#lanes.get(lane) === turn) this.#lanes.delete(lane);
      });
    this.#taken.add(done);
    await done;
  }

  /** Resolves when nothing is on its way any more. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#taken);
  }
}

import { isUnavailable } from '@sala/db';

/** How many share one piece of work, and how many pieces are under way at once. */
type Bounds = { atMost: number; atOnce: number };

type Waiting<Item, Answer> = { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void };

/**
 * Work whose price is paid per turn and not per item, like a statement with its commit. An item that comes alone is
 * worked on at once; those that come while others are being worked on share the next turn. When a shared turn fails, its
 * items have one each, because the others are innocent; not when the database is away, which would be waited for each time.
 */
export class Grouped<Item, Answer> {
  readonly #work: (items: readonly Item[]) => Promise<readonly Answer[]>;
  readonly #bounds: Bounds;
  readonly #queue: Waiting<Item, Answer>[] = [];
  #underWay = 0;

  /** `work` answers one answer for each item, in their order. */
  constructor(work: (items: readonly Item[]) => Promise<readonly Answer[]>, bounds: Bounds) {
    this.#work = work;
    this.#bounds = bounds;
  }

  /** @throws whatever `work` throws for this item */
  add(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, resolve, reject });
      // After the microtasks of this turn, so that what was asked together goes together.
      if (this.#underWay < this.#bounds.atOnce) queueMicrotask(() => this.#next());
    });
  }

  #next(): void {
    if (this.#underWay >= this.#bounds.atOnce || this.#queue.length === 0) return;
    this.#underWay += 1;
    void this.#do(this.#queue.splice(0, this.#bounds.atMost)).finally(() => {
      this.#underWay -= 1;
      this.#next();
    });
  }

  async #do(group: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.#work(group.map(({ item }) => item));
      for (const [index, { resolve }] of group.entries()) resolve(answers[index]!);
    } catch (error) {
      if (group.length === 1 || isUnavailable(error)) for (const { reject } of group) reject(error);
      else for (const one of group) await this.#do([one]);
    }
  }
}

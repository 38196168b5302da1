/** What comes after the first of a burst is handed on together, this often: a replay brings hundreds at once. */
export const TOGETHER_MS = 50;

/** Hands on the first thing at once, and those that follow it closely together. In order; nothing is kept back for longer. */
export class Gathering<Item> {
  readonly #take: (items: Item[]) => void;
  #items: Item[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(take: (items: Item[]) => void) {
    this.#take = take;
  }

  add(item: Item): void {
    this.#items.push(item);
    if (this.#timer === null) this.#handOn();
  }

  /** Hands on what is here. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#items.length > 0) this.#take(this.#items);
    this.#items = [];
  }

  #handOn(): void {
    const items = this.#items;
    this.#items = [];
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#items.length > 0) this.#handOn();
    }, TOGETHER_MS);
    this.#take(items);
  }
}

/** An append-only list numbered 1, 2, 3, … that keeps the newest `limit` entries. */
export class BoundedLog<T> {
  #entries: (T & { seq: number })[] = [];
  #lastSeq = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  append(entry: T): T & { seq: number } {
    const numbered = { ...entry, seq: (this.#lastSeq += 1) };
    this.#entries.push(numbered);
    // Dropped in bulk: shifting one entry off a long array on every append would cost more than the slack.
    if (this.#entries.length >= this.#limit * 2) this.#entries = this.#entries.slice(-this.#limit);
    return numbered;
  }

  /** Up to `count` entries after `seq`, oldest first; never more than the limit, and only those still kept. */
  after(seq: number, count: number): (T & { seq: number })[] {
    const oldestSeq = this.#lastSeq - Math.min(this.#entries.length, this.#limit) + 1;
    const first = Math.max(seq + 1, oldestSeq);
    const from = this.#entries.length - (this.#lastSeq - first + 1);
    return this.#entries.slice(from, from + count);
  }

  /** The newest `count` entries, oldest first. */
  newest(count: number): (T & { seq: number })[] {
    return this.after(this.#lastSeq - count, count);
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }
}

/** What is to be heard of a stream: that it failed (and what is thrown instead), and that it has ended, perhaps twice. */
export type Ears = { failed?: (error: unknown) => never; ended?: () => void };

/**
 * A stream somebody listens at the end of. By hand, because a generator around a generator keeps a frame and half a
 * dozen promises, and every tab has several streams that only wait.
 */
export class Watched<T> implements AsyncIterableIterator<T> {
  readonly #inner: AsyncIterator<T>;
  readonly #ears: Ears;

  constructor(stream: AsyncIterable<T>, ears: Ears) {
    this.#inner = stream[Symbol.asyncIterator]();
    this.#ears = ears;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T>> {
    return this.#inner.next().then(
      (result) => {
        if (result.done) this.#ears.ended?.();
        return result;
      },
      (error: unknown) => {
        this.#ears.ended?.();
        if (this.#ears.failed) return this.#ears.failed(error);
        throw error;
      },
    );
  }

  /** Whoever listens has heard enough. */
  async return(): Promise<IteratorResult<T>> {
    this.#ears.ended?.();
    await this.#inner.return?.();
    return { done: true, value: undefined };
  }
}

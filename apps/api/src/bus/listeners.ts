/** Who listens to what, by name. One that throws is told to `onFault`; the others still hear the message. */
export class Listeners {
  readonly #byName = new Map<string, Set<(message: never) => void>>();
  readonly #onFault: (error: unknown) => void;

  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault;
  }

  /** The name tells what kind of message comes. */
  add(name: string, heard: (message: never) => void): () => void {
    const here = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, here.add(heard));
    return () => {
      here.delete(heard);
      if (here.size === 0) this.#byName.delete(name);
    };
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  tell(name: string, message: unknown): void {
    for (const heard of this.#byName.get(name) ?? []) {
      try {
        (heard as (message: unknown) => void)(message);
      } catch (error) {
        this.#onFault(error);
      }
    }
  }

  get size(): number {
    return [...this.#byName.values()].reduce((sum, here) => sum + here.size, 0);
  }
}

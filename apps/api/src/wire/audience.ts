import { Frame, HandOver, type Tap, type Wire } from './wire.ts';

/** What one who follows has not been told yet, kept small however late they read. */
export interface Untold<Change> {
  put: (change: Change) => void;
  /** Everything since the last time. */
  take: () => Change[];
}

type Reader<Change> = { untold: Untold<Change>; wake: (() => void) | null };

type Following<Change> = {
  untold: Untold<Change>;
  /** What is said first; what is told while it is found out comes after it. */
  first: () => readonly Change[] | Promise<readonly Change[]>;
  wire: Wire | undefined;
  signal: AbortSignal;
};

/**
 * Those who follow one thing and are told the same. Over a socket their streams hand over, so that what all are told is
 * encoded once; everybody else takes what is untold when they read.
 */
export class Audience<Change> {
  readonly #taps = new Set<Tap>();
  readonly #readers = new Set<Reader<Change>>();

  get size(): number {
    return this.#taps.size + this.#readers.size;
  }

  /** `frame` is of these changes; who tells several audiences the same makes it once. */
  tell(changes: readonly Change[], frame = new Frame(changes)): void {
    // Who does not keep up is cut off, and begins anew.
    for (const tap of this.#taps) if (!frame.sendTo(tap)) this.#taps.delete(tap);
    for (const { untold, wake } of this.#readers) {
      for (const change of changes) untold.put(change);
      wake?.();
    }
  }

  /** What is said first, then everything that the audience is told, until `signal` ends it. */
  async *follow({ untold, first, wire, signal }: Following<Change>): AsyncGenerator<readonly Change[]> {
    const reader: Reader<Change> = { untold, wake: null };
    const wake = () => reader.wake?.();
    this.#readers.add(reader);
    signal.addEventListener('abort', wake, { once: true });
    try {
      yield await first();
      while (!signal.aborted) {
        const changes = untold.take();
        if (changes.length > 0) yield changes;
        else if (wire) yield* this.#handedOver(reader, signal);
        else await new Promise<void>((resolve) => (reader.wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', wake);
      this.#readers.delete(reader);
    }
  }

  async *#handedOver(reader: Reader<Change>, signal: AbortSignal): AsyncGenerator<Change[]> {
    const handOver = new HandOver(signal, (tap) => {
      this.#readers.delete(reader);
      const rest = reader.untold.take();
      if (rest.length > 0) new Frame(rest).sendTo(tap);
      this.#taps.add(tap);
      return () => void this.#taps.delete(tap);
    });
    yield handOver as unknown as Change[];
    await handOver.ended();
  }
}

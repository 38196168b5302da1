/** An event stream that has brought nothing by then is held back somewhere on the way. */
export const SSE_WITHIN_MS = 5_000;

/** Calls back when this tab may hold event streams open; what it answers gives them up. */
export type HoldStreams = (held: () => void) => () => void;

/**
 * The browser's own lock. Without TLS a browser opens six connections to a host, for all its tabs together: were every
 * tab to keep some, no call would get through any more. So one tab streams, and the others poll.
 */
export const holdStreams: HoldStreams = (held) => {
  // Only on insecure origins: then the tab cannot ask, and most desks have one.
  if (!('locks' in navigator)) {
    held();
    return () => undefined;
  }
  const given = new AbortController();
  const released = new Promise<void>((resolve) => {
    given.signal.addEventListener('abort', () => resolve());
  });
  const hold = async () => {
    held();
    await released;
  };
  navigator.locks.request('sala.streams', { signal: given.signal }, hold).catch((error: unknown) => {
    // Given up before it was granted.
    if (!given.signal.aborted) throw error;
  });
  return () => given.abort();
};

export interface StreamRightEars {
  changed: () => void;
  /** Streams were opened, and nothing came through. */
  silent: () => void;
}

/** Whether this tab streams: it has to want to, and to be let. */
export class StreamRight {
  readonly #hold: HoldStreams;
  readonly #ears: StreamRightEars;
  #giveUp: (() => void) | null = null;
  #isHeld = false;
  #due: ReturnType<typeof setTimeout> | undefined;

  constructor(hold: HoldStreams, ears: StreamRightEars) {
    this.#hold = hold;
    this.#ears = ears;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  want(isWanted: boolean): void {
    if (isWanted === (this.#giveUp !== null)) return;
    if (isWanted) {
      this.#giveUp = this.#hold(() => {
        this.#isHeld = true;
        this.awaitWord();
        this.#ears.changed();
      });
      return;
    }
    this.#giveUp?.();
    this.#giveUp = null;
    clearTimeout(this.#due);
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#ears.changed();
  }

  awaitWord(): void {
    this.#due = setTimeout(() => this.#ears.silent(), SSE_WITHIN_MS);
  }

  /** A stream has brought its first word. */
  began(): void {
    clearTimeout(this.#due);
  }
}

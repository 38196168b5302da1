/** Said once it holds for 3 s, so it is said again in time. */
export const TELL_EVERY_MS = 2_000;

/** Tells that somebody types: at most every {@link TELL_EVERY_MS}, and once when they no longer do. */
export class TypingTeller {
  readonly #tell: (typing: boolean) => void;
  readonly #now: () => number;
  #toldAt: number | null = null;

  constructor(tell: (typing: boolean) => void, now: () => number) {
    this.#tell = tell;
    this.#now = now;
  }

  /** To be called with every change of the text (whether any is left), and with false when the hand leaves it. */
  readonly hear = (typing: boolean): void => {
    const now = this.#now();
    if (typing ? this.#toldAt !== null && now - this.#toldAt < TELL_EVERY_MS : this.#toldAt === null) return;
    this.#toldAt = typing ? now : null;
    this.#tell(typing);
  };
}

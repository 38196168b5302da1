/** After this much silence the other side is asked for a sign of life. */
export const ASK_AFTER_MS = 10_000;
/** Unanswered for this long, what is shown may be old; for this long, nobody is there. */
export const DOUBT_AFTER_MS = 3_000;
export const GONE_AFTER_MS = 10_000;
/** The same for somebody who has just come back to the tab, or a device to its network. */
export const GONE_SOON_MS = 4_000;

const TICK_MS = 1_000;

export interface PulseEars {
  ask: () => void;
  doubted: (isDoubted: boolean) => void;
  gone: () => void;
}

/** Watches an open socket. A network that went away without goodbye says nothing, so silence has to be asked. */
export class Pulse {
  readonly #ears: PulseEars;
  readonly #timer = setInterval(() => this.#tick(), TICK_MS);
  #heardAt = Date.now();
  #asked: { at: number; goneAfterMs: number } | null = null;
  #isDoubted = false;

  constructor(ears: PulseEars) {
    this.#ears = ears;
  }

  heard(): void {
    this.#heardAt = Date.now();
    this.#asked = null;
    if (!this.#isDoubted) return;
    this.#isDoubted = false;
    this.#ears.doubted(false);
  }

  /** Asks now. A question that is open already is only made more urgent. */
  ask(goneAfterMs: number): void {
    this.#asked = { at: this.#asked?.at ?? Date.now(), goneAfterMs };
    this.#ears.ask();
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const now = Date.now();
    if (!this.#asked) {
      if (now - this.#heardAt >= ASK_AFTER_MS) this.ask(GONE_AFTER_MS);
      return;
    }
    const unansweredMs = now - this.#asked.at;
    if (unansweredMs >= this.#asked.goneAfterMs) return this.#ears.gone();
    if (unansweredMs < DOUBT_AFTER_MS || this.#isDoubted) return;
    this.#isDoubted = true;
    this.#ears.doubted(true);
  }
}

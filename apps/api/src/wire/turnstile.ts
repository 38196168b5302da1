/** How many from one address are asked about at once, so that a crowd leaves the database to others; so many wait. */
export type Crowd = { maxAsked: number; maxWaiting: number };
export const CROWD: Crowd = { maxAsked: 20, maxWaiting: 1_000 };

type Gate = { asked: number; waiting: (() => void)[] };

/** Where everybody waits of whom it is not known yet who they are: in the order they came, each address for itself. */
export class Turnstile {
  readonly #gates = new Map<string, Gate>();
  readonly #bounds: Crowd;

  constructor(bounds: Crowd) {
    this.#bounds = bounds;
  }

  /** What `ask` answers, when it is their turn; null for who is one too many. */
  async pass<T>(address: string, ask: () => Promise<T>): Promise<T | null> {
    const gate = this.#gates.get(address) ?? { asked: 0, waiting: [] };
    this.#gates.set(address, gate);
    if (gate.asked >= this.#bounds.maxAsked) {
      if (gate.waiting.length >= this.#bounds.maxWaiting) return null;
      await new Promise<void>((resolve) => gate.waiting.push(resolve));
    } else gate.asked += 1;
    try {
      return await ask();
    } finally {
      const next = gate.waiting.shift();
      if (next) next();
      else {
        gate.asked -= 1;
        if (gate.asked === 0) this.#gates.delete(address);
      }
    }
  }
}

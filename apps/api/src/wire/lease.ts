/** A client has so long to renew its ticket, once it has run out. */
export const RENEW_WITHIN_MS = 5_000;

/** How long an open socket may be used that was opened with a ticket: until the ticket runs out, unless it is renewed. */
export class Lease {
  readonly #clock: () => Date;
  readonly #over: () => void;
  #expiresAt: Date;
  #timer: NodeJS.Timeout;

  /** `over` is called when it was not renewed in time. */
  constructor(expiresAt: Date, { clock, over }: { clock: () => Date; over: () => void }) {
    this.#clock = clock;
    this.#over = over;
    this.#expiresAt = expiresAt;
    this.#timer = this.#wait();
  }

  /** Calls are refused from then on, but for the one that renews. */
  get hasRunOut(): boolean {
    return this.#clock() >= this.#expiresAt;
  }

  renew(expiresAt: Date): void {
    this.#expiresAt = expiresAt;
    clearTimeout(this.#timer);
    this.#timer = this.#wait();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #wait(): NodeJS.Timeout {
    const leftMs = this.#expiresAt.getTime() - this.#clock().getTime();
    return setTimeout(this.#over, Math.max(0, leftMs) + RENEW_WITHIN_MS).unref();
  }
}

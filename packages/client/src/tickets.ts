import type { SocketTicket } from '@sala/contracts';

/** Asks for a ticket; null when there is no sign-in any more that would give one. */
export type AskTicket = () => Promise<SocketTicket | null>;

/** A ticket is renewed this long before it runs out, and where that fails, tried again this often. */
const RENEW_BEFORE_MS = 60_000;
const AGAIN_MS = 10_000;

type Ears = {
  /** Shows a newer ticket on the open socket. */
  renew: (ticket: string) => Promise<unknown>;
  /** There is no ticket any more. */
  none: () => void;
};

/** Gives each dial a fresh ticket, and the open socket newer ones in time. */
export class TicketKeeper {
  readonly #ask: AskTicket;
  readonly #ears: Ears;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: AskTicket, ears: Ears) {
    this.#ask = ask;
    this.#ears = ears;
  }

  /** What the first message of a socket says. */
  async show(): Promise<{ ticket: string }> {
    const ticket = await this.#fresh();
    return { ticket: ticket?.ticket ?? '' };
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #fresh(): Promise<SocketTicket | null> {
    const ticket = await this.#ask();
    if (!ticket) this.#ears.none();
    else this.#renewIn(Math.max(AGAIN_MS, Date.parse(ticket.expiresAt) - Date.now() - RENEW_BEFORE_MS));
    return ticket;
  }

  #renewIn(ms: number): void {
    this.stop();
    this.#timer = setTimeout(() => void this.#renew(), ms);
  }

  async #renew(): Promise<void> {
    try {
      const ticket = await this.#fresh();
      if (ticket) await this.#ears.renew(ticket.ticket);
    } catch {
      // Not told: the socket goes on until its ticket runs out, and the next dial asks again.
      this.#renewIn(AGAIN_MS);
    }
  }
}

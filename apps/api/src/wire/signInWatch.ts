import { CloseCode } from '@sala/contracts';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { Auth } from '../auth/auth.ts';
import { hangUp } from './hangUp.ts';

/** How long a socket can outlive the sign-in it was opened with. */
const LOOK_EVERY_MS = 60_000;

/** Closes sockets whose sign-in has ended: who it is was asked before the upgrade, and a socket may stay open for days. */
export class SignInWatch {
  readonly #cookies = new Map<WebSocket, string>();
  readonly #auth: Pick<Auth, 'identityOf'>;
  readonly #log: Pick<Logger, 'error'>;
  readonly #timer: NodeJS.Timeout;

  constructor(auth: Pick<Auth, 'identityOf'>, log: Pick<Logger, 'error'>) {
    this.#auth = auth;
    this.#log = log;
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
  }

  watch(socket: WebSocket, cookie: string): void {
    this.#cookies.set(socket, cookie);
    socket.once('close', () => this.#cookies.delete(socket));
  }

  /** Asks for each sign-in once, however many tabs it has open. While the database is away everybody stays. */
  async look(): Promise<void> {
    try {
      for (const cookie of new Set(this.#cookies.values())) {
        if (await this.#auth.identityOf(new Headers({ cookie }))) continue;
        for (const [socket, its] of this.#cookies)
          if (its === cookie) hangUp(socket, CloseCode.signInAgain, 'sign in again');
      }
    } catch (error) {
      this.#log.error({ err: error }, 'could not look whether everybody is still signed in; it looks again');
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

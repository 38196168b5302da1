import type { Logger } from 'pino';
import type { Identity } from '../auth/identity.ts';
import { closeCodeBetween, closeCodeFor, type Revocation } from '../auth/revocation.ts';
import type { Revoked } from '../bus/bus.ts';
import type { Bus } from '../bus/bus.ts';

/** How long a connection can outlive what it was opened with, where a server hears nothing of its end. */
const LOOK_EVERY_MS = 60_000;

/** Longer than it takes from asking who somebody is to watching them. */
const RECENT_MS = 15_000;

/** A connection that stays open for long: a socket, or a stream over HTTP. */
export type Watched = {
  identity: Identity;
  /** Who it is now, if anybody. */
  ask: () => Promise<Identity | null>;
  end: (code: number) => void;
};

type Options = { revocation: Revocation; bus: Bus; log: Pick<Logger, 'error'> };

/** Ends connections whose sign-in or key has ended, and those of whoever is not who they were: at once where it is told, else at the next look. */
export class IdentityWatch {
  readonly #watched = new Set<Watched>();
  readonly #recent = new Map<Revoked, NodeJS.Timeout>();
  readonly #log: Pick<Logger, 'error'>;
  readonly #timer: NodeJS.Timeout;
  readonly #unlisten: (() => void)[];
  #looking: Promise<void> | null = null;

  constructor({ revocation, bus, log }: Options) {
    this.#log = log;
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    this.#unlisten = [revocation.listen((revoked) => this.#hear(revoked)), bus.onGap(() => void this.look())];
  }

  /** Until the answer is called, when it has ended. */
  watch(watched: Watched): () => void {
    this.#watched.add(watched);
    // Who they are was asked a moment ago: it may have been before what was told since.
    const isDoubtful = [...this.#recent.keys()].some((revoked) => closeCodeFor(watched.identity, revoked) !== null);
    if (isDoubtful) void this.#lookAt([watched]);
    return () => void this.#watched.delete(watched);
  }

  /** Asks about each sign-in and key once, however many connections it has. While the database is away everybody stays. */
  look(): Promise<void> {
    return (this.#looking ??= this.#lookAt([...this.#watched]).finally(() => (this.#looking = null)));
  }

  close(): void {
    clearInterval(this.#timer);
    for (const timer of this.#recent.values()) clearTimeout(timer);
    for (const unlisten of this.#unlisten) unlisten();
  }

  #hear(revoked: Revoked): void {
    this.#recent.set(
      revoked,
      setTimeout(() => this.#recent.delete(revoked), RECENT_MS),
    );
    for (const { identity, end } of this.#watched) {
      const code = closeCodeFor(identity, revoked);
      if (code !== null) end(code);
    }
  }

  async #lookAt(all: readonly Watched[]): Promise<void> {
    try {
      const asked = new Map<string, Identity | null>();
      for (const { identity, ask, end } of all) {
        const name = nameOf(identity);
        if (!asked.has(name)) asked.set(name, await ask());
        const code = closeCodeBetween(identity.operator, asked.get(name)?.operator ?? null);
        if (code !== null) end(code);
      }
    } catch (error) {
      this.#log.error({ err: error }, 'could not look whether everybody may still be here; it looks again');
    }
  }
}

const nameOf = ({ operator, via }: Identity): string =>
  via.type === 'signIn' ? `signIn ${via.signInId}` : via.type === 'key' ? `key ${via.keyId}` : operator.operatorId;

import type { Operator } from '@sala/contracts';
import { createTRPCClient, createWSClient, httpLink, splitLink, type TRPCClientError, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';
import type { AppRouter } from '../apps/api/src/trpc/appRouter.ts';
import { patienceIn, tryOf } from './asking.ts';
import type { Random } from './random.ts';
import { within } from './waiting.ts';

/** Longer than any answer of a healthy desk; then nobody knows. */
const ANSWER_WITHIN_MS = 4_000;

/** A silent server is noticed after these two together. */
const PING_MS = 1_500;
const PONG_WITHIN_MS = 1_500;

/** A dial that leads nowhere (a network that is gone) is given up. */
const DIAL_WITHIN_MS = 3_000;

const HOME = 'http://home';

/**
 * The answer with its whole body, or an error when it is not there in time. The timer is ours, too: a body whose reading is
 * aborted can hang for ever (undici #4232).
 */
async function answered(address: string, init: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const whole = fetch(address, { ...init, signal }).then(
    async (answer) => new Response(await answer.arrayBuffer(), { status: answer.status }),
  );
  return within(ANSWER_WITHIN_MS, () => address, whole);
}

/** A signed-in operator of the run. */
export type Person = Operator & { email: string; cookie: string };

type Handlers<T> = {
  onStarted: () => void;
  onData: (data: T) => void;
  onError: (error: TRPCClientError<AppRouter>) => void;
};

type Stream = { isLive: boolean; stop: () => void };

/**
 * One browser tab: tRPC's own client, unmodified, with streams over a socket and calls over HTTP. Every dial and every
 * call goes to the next of `ports`, so that what one server began another goes on with.
 */
export class Tab {
  readonly name: string;
  readonly person: Person;
  readonly api: ReturnType<typeof createTRPCClient<AppRouter>>;
  /** How long each time from the loss of the socket until every stream was there again, in milliseconds. */
  readonly gapsMs: number[] = [];
  /** Streams that ended with a fault instead of a refusal. */
  readonly faults: string[] = [];
  readonly #client: ReturnType<typeof createWSClient>;
  readonly #streams = new Set<Stream>();
  readonly #closing = new AbortController();
  #socket: WebSocket | undefined;
  #lostAt: number | null = null;

  constructor(options: {
    name: string;
    person: Person;
    origin: string;
    ports: () => readonly number[];
    random: Random;
  }) {
    const { name, person, origin, ports, random } = options;
    this.name = name;
    this.person = person;
    const headers = { cookie: person.cookie, origin };
    let turn = random.between(0, 100);
    const next = () => ports()[turn++ % ports().length]!;
    const dialled = (socket: WebSocket) => (this.#socket = socket);
    class Dialled extends WebSocket {
      constructor(address: string | URL) {
        super(address, { headers, handshakeTimeout: DIAL_WITHIN_MS });
        this.on('error', () => undefined); // the close tells it
        dialled(this);
      }
    }
    this.#client = createWSClient({
      url: () => `ws://127.0.0.1:${next()}/trpc`,
      WebSocket: Dialled as unknown as typeof globalThis.WebSocket,
      retryDelayMs: () => random.between(50, 400),
      keepAlive: { enabled: true, intervalMs: PING_MS, pongTimeoutMs: PONG_WITHIN_MS },
      onClose: () => this.#lost(),
    });
    let at = next();
    this.api = createTRPCClient<AppRouter>({
      links: [
        splitLink({
          condition: ({ type }) => type === 'subscription',
          true: wsLink({ client: this.#client }),
          false: httpLink({
            url: `${HOME}/trpc`,
            headers,
            fetch: async (url, init) => {
              const address = (url as string).replace(HOME, `http://127.0.0.1:${at}`);
              try {
                return await answered(address, init as RequestInit);
              } catch (error) {
                at = next(); // the next call asks another server
                throw error;
              }
            },
          }),
        }),
      ],
    });
  }

  /**
   * Keeps a stream for as long as the tab is open: tRPC resumes it after a lost socket, and one that the server ended is
   * begun anew by `begin`, which says from where.
   */
  keep<T>(begin: (handlers: Handlers<T>) => { unsubscribe: () => void }, heard: (data: T) => void): void {
    let again: NodeJS.Timeout | undefined;
    const stream: Stream = { isLive: false, stop: () => undefined };
    const open = () => {
      const { unsubscribe } = begin({
        onStarted: () => this.#started(stream),
        onData: heard,
        onError: (error) => {
          if (this.#closing.signal.aborted) return;
          const made = tryOf(error);
          if (made.is === 'unknown' || made.code === 'STALE') this.faults.push(`${this.name}: ${JSON.stringify(made)}`);
          again = setTimeout(open, patienceIn(error));
        },
      });
      stream.stop = () => {
        clearTimeout(again);
        unsubscribe();
      };
    };
    this.#streams.add(stream);
    open();
  }

  get isLive(): boolean {
    return [...this.#streams].every(({ isLive }) => isLive);
  }

  /** Breaks the socket without a goodbye. */
  hangUp(): void {
    this.#socket?.terminate();
  }

  close(): void {
    this.#closing.abort();
    for (const { stop } of this.#streams) stop();
    void this.#client.close();
  }

  #lost(): void {
    if (this.#closing.signal.aborted) return;
    this.#lostAt ??= performance.now();
    for (const stream of this.#streams) stream.isLive = false;
  }

  #started(stream: Stream): void {
    stream.isLive = true;
    if (this.#lostAt === null || !this.isLive) return;
    this.gapsMs.push(performance.now() - this.#lostAt);
    this.#lostAt = null;
  }
}

import { createTRPCClient, createWSClient, httpLink, splitLink, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';
import { backoffMs } from '../../apps/admin/src/lib/live/backoff.ts';
import type { AppRouter } from '../../apps/api/src/trpc/appRouter.ts';

/** What all tabs went through: when they dialled, why a dial failed, and which streams and calls were refused. */
export type Dials = { at: number[]; refused: string[]; refusals: string[] };

/** A tab with what the desk has open: tRPC's client, unmodified, with the pauses of the admin. */
export class Tab {
  /** The newest event of the room; and how many were not the next one. */
  seq = 1;
  wrong = 0;
  /** Whether the room is followed, since the last cut. */
  isBack = false;
  readonly #api: ReturnType<typeof createTRPCClient<AppRouter>>;
  readonly #client: ReturnType<typeof createWSClient>;
  readonly #dials: Dials;
  #socket: WebSocket | undefined;

  constructor(
    { port, headers, room }: { port: number; headers: Record<string, string>; room: string },
    dials: Dials,
    begun: () => void,
  ) {
    this.#dials = dials;
    const opened = (socket: WebSocket) => (this.#socket = socket);
    class Dialled extends WebSocket {
      constructor(address: string | URL) {
        super(address, { headers });
        dials.at.push(performance.now());
        this.on('error', ({ message }) => dials.refused.push(message));
        opened(this);
      }
    }
    this.#client = createWSClient({
      url: `ws://127.0.0.1:${port}/trpc`,
      WebSocket: Dialled as unknown as typeof globalThis.WebSocket,
      retryDelayMs: (attempt) => backoffMs(attempt),
    });
    this.#api = createTRPCClient<AppRouter>({
      links: [
        splitLink({
          condition: ({ type }) => type === 'subscription',
          true: wsLink({ client: this.#client }),
          false: httpLink({ url: `http://127.0.0.1:${port}/trpc`, headers }),
        }),
      ],
    });
    this.#follow(room, begun);
  }

  /** Breaks the line without a goodbye. */
  cut(): void {
    this.isBack = false;
    this.#socket?.terminate();
  }

  close(): void {
    void this.#client.close();
  }

  #follow(conversationId: string, begun: () => void): void {
    const { room, inbox, me, presence } = this.#api;
    this.#keep((onError) =>
      room.follow.subscribe(
        { conversationId, lastEventId: this.seq },
        {
          onError,
          onStarted: () => {
            this.isBack = true;
            begun();
          },
          onData: ({ data: { seq } }) => {
            if (seq !== this.seq + 1) this.wrong += 1;
            this.seq = seq;
          },
        },
      ),
    );
    this.#keep((onError) => room.presence.subscribe({ conversationId, viewing: true }, { onError }));
    this.#keep((onError) => presence.follow.subscribe({}, { onError }));
    this.#keep((onError) => me.follow.subscribe(undefined, { onError }));
    // The list does not resume: it is read again whenever its stream begins.
    const readAgain = () => void inbox.list.query({ view: 'all' }).catch(this.#note);
    this.#keep((onError) => inbox.follow.subscribe({ view: 'all' }, { onError, onStarted: readAgain }));
  }

  /** A stream that is refused is asked for anew, as the admin does: over a socket, a refusal ends it. */
  #keep(subscribe: (onError: (error: Error) => void) => unknown): void {
    let refused = 0;
    const again = (error: Error) => {
      this.#note(error);
      setTimeout(() => subscribe(again), backoffMs(refused++));
    };
    subscribe(again);
  }

  readonly #note = ({ message }: Error): void => void this.#dials.refusals.push(message);
}

import { createTRPCClient, createWSClient, httpLink, splitLink, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';
import { backoffMs } from '../../apps/admin/src/lib/live/backoff.ts';
import type { AppRouter } from '../../apps/api/src/trpc/appRouter.ts';

/** What all tabs went through: when they dialled, and what was answered instead of an upgrade. */
export type Dials = { at: number[]; refused: string[] };

/** A tab with what the desk has open: tRPC's client, unmodified, with the pauses of the admin. */
export class Tab {
  /** The newest event of the room; and how many were not the next one. */
  seq = 1;
  wrong = 0;
  /** Whether the room is followed, since the last cut. */
  isBack = false;
  readonly #api: ReturnType<typeof createTRPCClient<AppRouter>>;
  readonly #client: ReturnType<typeof createWSClient>;
  #socket: WebSocket | undefined;

  constructor(
    { port, headers, room }: { port: number; headers: Record<string, string>; room: string },
    dials: Dials,
    begun: () => void,
  ) {
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
    const fault = { onError: () => (this.wrong += 1) };
    room.follow.subscribe(
      { conversationId, lastEventId: this.seq },
      {
        ...fault,
        onStarted: () => {
          this.isBack = true;
          begun();
        },
        onData: ({ data: { seq } }) => {
          if (seq !== this.seq + 1) this.wrong += 1;
          this.seq = seq;
        },
      },
    );
    room.presence.subscribe({ conversationId, viewing: true }, fault);
    presence.follow.subscribe({}, fault);
    me.follow.subscribe(undefined, fault);
    // The list does not resume: it is read again whenever its stream begins.
    const readAgain = () => void inbox.list.query({ view: 'all' }).catch(fault.onError);
    inbox.follow.subscribe({ view: 'all' }, { ...fault, onStarted: readAgain });
  }
}

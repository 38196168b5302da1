import { createTRPCClient, createWSClient, httpLink, splitLink, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';
import type { AppRouter } from '../../src/trpc/appRouter.ts';

/** tRPC's own client, unmodified, over a real socket whose line can be cut. */
export type TestClient = {
  api: ReturnType<typeof createTRPCClient<AppRouter>>;
  cookie: string;
  /** Breaks the socket without a goodbye; the client dials again by itself. */
  hangUp: () => void;
  /** The socket in use, for pausing it and the like. */
  socket: () => WebSocket;
  /** How many times the client has dialled. */
  dials: () => number;
  close: () => void;
};

export function connectTo(url: string, origin: string, cookie: string): TestClient {
  const sockets: WebSocket[] = [];
  class Dialled extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { cookie, origin } });
      sockets.push(this);
    }
  }
  const client = createWSClient({
    url: `${url.replace('http', 'ws')}/trpc`,
    WebSocket: Dialled as unknown as typeof globalThis.WebSocket,
    retryDelayMs: () => 10,
  });
  const api = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: wsLink({ client }),
        false: httpLink({ url: `${url}/trpc`, headers: { cookie, origin } }),
      }),
    ],
  });
  return {
    api,
    cookie,
    hangUp: () => sockets.at(-1)?.terminate(),
    socket: () => sockets.at(-1)!,
    dials: () => sockets.length,
    close: () => void client.close(),
  };
}

import { createTRPCClient, createWSClient, httpBatchLink, retryLink, splitLink, wsLink } from '@trpc/client';
import type { AppRouter } from '@sala/api/router';
import { backoffMs } from './backoff.ts';
import { connectionHeard } from './connection.ts';
import { HearingWebSocket } from './hearing.ts';

/** The server closes with these when the sign-in is not, or no longer, good. */
const SIGN_IN_AGAIN = new Set([4401, 4403]);

const socket = createWSClient({
  url: () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/trpc`,
  WebSocket: HearingWebSocket,
  // Opened by the first stream: before sign-in there is nothing to follow.
  lazy: { enabled: true, closeMs: 10_000 },
  keepAlive: { enabled: true, intervalMs: 25_000, pongTimeoutMs: 10_000 },
  retryDelayMs: (attempt) => backoffMs(attempt),
  onOpen: () => connectionHeard.opened(),
  onClose: (cause) => {
    if (cause?.code !== undefined && SIGN_IN_AGAIN.has(cause.code)) connectionHeard.signedOut();
    else connectionHeard.lost();
  },
});

window.addEventListener('offline', () => connectionHeard.deviceOffline());
window.addEventListener('online', () => {
  // The socket may have outlived a short break.
  if (socket.connectionState.get().state === 'pending') connectionHeard.opened();
});

/** Errors that the same stream would meet again. */
const FINAL = new Set<unknown>(['UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_REQUEST']);

/** The typed client: streams over the socket, everything else over HTTP, where each call brings its own sign-in. */
export const api = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (op) => op.type === 'subscription',
      true: [
        // A socket that drops resumes by itself; an error inside a stream does not.
        retryLink({
          retry: ({ error }) => {
            if (error.data?.code === 'UNAUTHORIZED') connectionHeard.signedOut();
            return !FINAL.has(error.data?.code);
          },
          retryDelayMs: (attempt) => backoffMs(attempt - 1),
        }),
        wsLink({ client: socket }),
      ],
      false: httpBatchLink({ url: '/trpc', fetch: (url, init) => fetch(url, { ...init, credentials: 'same-origin' }) }),
    }),
  ],
});

/** Hangs up, so that the next stream opens a socket with the sign-in of then. */
export const hangUp = (): Promise<void> => socket.close();

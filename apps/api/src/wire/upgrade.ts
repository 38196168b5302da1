import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Operator, RefusalError } from '@sala/contracts';
import { getWSConnectionHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer } from 'ws';
import type { Auth } from '../auth/auth.ts';
import type { Deps } from '../deps.ts';
import { appRouter } from '../trpc/appRouter.ts';
import { createContext } from '../trpc/context.ts';
import { DeskSocket } from './deskSocket.ts';
import type { Origins } from './origins.ts';
import { SignInWatch } from './signInWatch.ts';
import { encoderFor, wireOf } from './wire.ts';

const PATH = '/trpc';

/** Calls are small; the library's own limit is 100 MiB. */
const MAX_FRAME_BYTES = 64 * 1024;
const MAX_CALLS_PER_FRAME = 20;

/** A silent socket is asked after this long, and given this long to answer: gone within 45 s. */
const PING_MS = 25_000;
const PONG_WITHIN_MS = 10_000;

/** The close code that tells a client to come back, to another server or a new version. */
const DRAINING = 4503;
const CLOSE_WITHIN_MS = 1_000;

/**
 * Serves tRPC over `ws`. Path, origin and identity are checked before the upgrade: 404, 403, 401. Answers a function
 * that says goodbye to every socket.
 */
export function serveSockets(
  server: Server,
  { deps, auth, origins }: { deps: Deps; auth: Auth; origins: Origins },
): { close: () => Promise<void> } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    WebSocket: DeskSocket,
  });

  const welcome = (socket: DeskSocket, request: IncomingMessage, operator: Operator) =>
    getWSConnectionHandler({
      wss: sockets,
      router: appRouter,
      createContext: () => createContext(deps, operator, { wire: wireOf(socket) }),
      maxBatchSize: MAX_CALLS_PER_FRAME,
      keepAlive: { enabled: true, pingMs: PING_MS, pongWaitMs: PONG_WITHIN_MS },
      experimental_encoder: encoderFor(socket),
      // Faults are logged where they get their correlation id (context.ts).
      onError: () => undefined,
    })(socket, request);

  const signIns = new SignInWatch(auth, deps.log);

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy()); // the peer is gone: nobody is left to tell
    void admit(request, auth, origins)
      .then((admitted) => {
        if (typeof admitted === 'number') return turnAway(stream, admitted);
        sockets.handleUpgrade(request, stream, head, (socket) => {
          signIns.watch(socket, request.headers.cookie!);
          welcome(socket, request, admitted);
        });
      })
      .catch((error: unknown) => {
        if (error instanceof RefusalError)
          deps.log.warn({ err: error }, 'the database does not answer: nobody comes in');
        else deps.log.error({ err: error }, 'an upgrade failed');
        turnAway(stream, 503);
      });
  });

  return {
    close: async () => {
      signIns.close();
      for (const socket of sockets.clients) socket.close(DRAINING, 'the server is closing');
      const force = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, CLOSE_WITHIN_MS);
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
      clearTimeout(force);
    },
  };
}

/** The operator, or the HTTP status that refuses the upgrade. */
async function admit(request: IncomingMessage, auth: Auth, origins: Origins): Promise<Operator | 401 | 403 | 404> {
  // Not `new URL`, which throws at what some requests call a path.
  if (request.url?.split('?', 1)[0] !== PATH) return 404;
  // Browsers always name the page's origin; a program that names none brings its own cookie on purpose.
  if (request.headers.origin !== undefined && !origins.has(request.headers.origin)) return 403;
  const cookie = request.headers.cookie;
  return (cookie && (await auth.operatorOf(new Headers({ cookie })))) || 401;
}

const REASONS = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 503: 'Service Unavailable' };

function turnAway(stream: Duplex, status: keyof typeof REASONS): void {
  stream.once('finish', () => stream.destroy()); // who does not hang up would be kept for ever
  stream.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

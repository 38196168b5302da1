import type { IncomingMessage, Server } from 'node:http';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import type { Duplex } from 'node:stream';
import { CloseCode, RefusalError } from '@sala/contracts';
import { getWSConnectionHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer } from 'ws';
import type { Auth } from '../auth/auth.ts';
import type { Identity } from '../auth/identity.ts';
import { identityOf, shownIn } from '../auth/shown.ts';
import { identityOfSignIn, identityOfTicket } from '../auth/ticketIdentity.ts';
import type { Deps } from '../deps.ts';
import { KEY_HEADER } from '../keys/identityOfKey.ts';
import { appRouter } from '../trpc/appRouter.ts';
import { createContext } from '../trpc/context.ts';
import { within } from '../unavailable.ts';
import { addressOf } from './address.ts';
import { DeskSocket } from './deskSocket.ts';
import { CLOSE_WITHIN_MS, hangUp } from './hangUp.ts';
import type { Origins } from './origins.ts';
import { Lease } from './lease.ts';
import { once } from './once.ts';
import { MAX_SOCKETS, Places } from './places.ts';
import type { IdentityWatch } from './identityWatch.ts';
import { MAX_SUBSCRIPTIONS } from './socketBounds.ts';
import { type Crowd, Turnstile } from './turnstile.ts';
import { encoderFor, wireOf } from './wire.ts';

const PATH = '/trpc';

/** How tRPC's client says that it will tell who it is in its first message, with a ticket. */
const WITH_TICKET = '?connectionParams=1';

/** Who brings a ticket shows it by then. */
const SAYS_WHO_WITHIN_MS = 5_000;

/** Sockets of whom it is not known yet who they are: of one address, and of all. */
const MAX_NOBODIES = { ofAddress: 20, ofAll: 1_000 };

/** Calls are small; the library's own limit is 100 MiB. */
const MAX_FRAME_BYTES = 64 * 1024;

/** A client that comes back asks for everything it follows in one frame: as much as a socket may follow. */
const MAX_CALLS_PER_FRAME = MAX_SUBSCRIPTIONS;

/** A silent socket is asked this often whether it is there, and given so long to answer: gone within 35 s. */
export type Heartbeat = { everyMs: number; answerWithinMs: number };
export const HEARTBEAT: Heartbeat = { everyMs: 25_000, answerWithinMs: 10_000 };

/** Whoever is not known by then has to come again. */
const KNOWN_WITHIN_MS = 5_000;

/** Calls under way when the server says goodbye are waited for so long. */
const ANSWERED_WITHIN_MS = 5_000;

export type Sockets = {
  /** Nobody comes in any more (503). Answers what says goodbye to each who is in. */
  leave: () => (() => void)[];
  /** Resolves when everybody is gone: who has not hung up by then is hung up on. */
  close: () => Promise<void>;
};

export type SocketOptions = {
  deps: Deps;
  auth: Auth;
  origins: Origins;
  heartbeat: Heartbeat;
  crowd: Crowd;
  identities: IdentityWatch;
  /** Proxies whose word on addresses is taken. */
  hops: number;
};

/**
 * Serves tRPC over `ws`. Path, origin and identity are checked before the upgrade: 404, 403, 401; 429 for a crowd of
 * one address, 503 while nobody can be looked up.
 */
export function serveSockets(
  server: Server,
  { deps, auth, origins, heartbeat, crowd, identities, hops }: SocketOptions,
): Sockets {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    WebSocket: DeskSocket,
  });
  const turnstile = new Turnstile(crowd);
  const places = new Places(MAX_SOCKETS);
  const keepAlive = { enabled: true, pingMs: heartbeat.everyMs, pongWaitMs: heartbeat.answerWithinMs };
  let isLeaving = false;

  const nobodies = new Places(MAX_NOBODIES.ofAddress);
  let nobodiesHere = 0;

  const serve = (socket: DeskSocket, request: IncomingMessage, who: (params: unknown) => Promise<Who>) =>
    getWSConnectionHandler({
      wss: sockets,
      router: appRouter,
      createContext: async ({ info }) => {
        const { identity, lease } = await who(info.connectionParams);
        const address = addressOf(request, hops);
        return createContext(deps, identity, { wire: wireOf(socket, socket.bounds), address, ...(lease && { lease }) });
      },
      maxBatchSize: MAX_CALLS_PER_FRAME,
      keepAlive,
      experimental_encoder: encoderFor(socket),
      onError: notHere,
    })(socket, bare(request));

  /** Gives a socket its place, and sees that it ends with what it was opened by. Answers whether there was a place. */
  const seat = (socket: DeskSocket, identity: Identity, ask: () => Promise<Identity | null>): boolean => {
    const giveBack = places.take(identity.operator.operatorId);
    if (!giveBack) {
      hangUp(socket, CloseCode.tooMany, 'too many tabs');
      return false;
    }
    socket.once('close', giveBack);
    const end = (code: number) => hangUp(socket, code, GOODBYES[code] ?? 'sign in again');
    socket.once('close', identities.watch({ identity, ask, end }));
    return true;
  };

  const welcome = (socket: DeskSocket, request: IncomingMessage, identity: Identity) => {
    const shown = shownIn(request.headers);
    if (seat(socket, identity, () => identityOf({ deps, auth }, shown)))
      serve(socket, request, async () => ({ identity }));
  };

  /** Somebody who says with their first message who they are, soon, or is hung up on. */
  const welcomeNobody = (socket: DeskSocket, request: IncomingMessage) => {
    const giveBack = nobodies.take(addressOf(request, hops) ?? '');
    if (!giveBack || nobodiesHere >= MAX_NOBODIES.ofAll) {
      giveBack?.();
      return hangUp(socket, CloseCode.tooMany, 'too many who are not known');
    }
    nobodiesHere += 1;
    const late = setTimeout(() => hangUp(socket, CloseCode.nobody, 'who are you?'), SAYS_WHO_WITHIN_MS);
    const known = once(() => {
      clearTimeout(late);
      giveBack();
      nobodiesHere -= 1;
    });
    socket.once('close', known);
    serve(socket, request, async (params) => {
      const brought = await identityOfTicket(deps, (params as { ticket?: unknown } | null)?.ticket);
      if (!brought) hangUp(socket, CloseCode.signInAgain, 'sign in again');
      // Whoever was hung up on meanwhile takes no place.
      if (!brought || socket.readyState !== socket.OPEN) return { identity: null };
      known();
      const { identity, expiresAt } = brought;
      if (!seat(socket, identity, () => identityOfSignIn(deps, whoseOf(identity)))) return { identity: null };
      const over = () => hangUp(socket, CloseCode.signInAgain, 'the ticket has run out');
      const lease = new Lease(expiresAt, { clock: deps.clock, over });
      socket.once('close', () => lease.end());
      return { identity, lease };
    });
  };

  const answer = async (request: IncomingMessage, stream: Duplex): Promise<Identity | 'ticket' | Status> => {
    if (isLeaving) return 503;
    try {
      // Whoever waited in vain has gone, and is not asked about any more.
      const ask = async () => (stream.destroyed ? 401 : admit(request, { deps, auth, origins }));
      return (await within(KNOWN_WITHIN_MS, turnstile.pass(addressOf(request, hops) ?? '', ask))) ?? 429;
    } catch (error) {
      if (error instanceof RefusalError) deps.log.warn({ err: error }, 'the database does not answer: nobody comes in');
      else deps.log.error({ err: error }, 'an upgrade failed');
      return 503;
    }
  };

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    forgetOnError(stream);
    void answer(request, stream).then((admitted) => {
      if (typeof admitted === 'number') return turnAway(stream, admitted);
      if (isLeaving) return turnAway(stream, 503);
      sockets.handleUpgrade(request, stream, head, (socket) =>
        admitted === 'ticket' ? welcomeNobody(socket, request) : welcome(socket, request, admitted),
      );
    });
  });

  return {
    leave: () => {
      isLeaving = true;
      return [...sockets.clients].map((socket) => () => void sayGoodbye(socket));
    },
    close: async () => {
      const gone = new Promise<void>((resolve) => sockets.close(() => resolve()));
      const force = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, ANSWERED_WITHIN_MS + CLOSE_WITHIN_MS);
      await gone;
      clearTimeout(force);
    },
  };
}

/** Answers what was asked, then closes; whoever does not hang up is hung up on. */
async function sayGoodbye(socket: DeskSocket): Promise<void> {
  await Promise.race([socket.bounds.atRest(), pause(ANSWERED_WITHIN_MS, undefined, { ref: false })]);
  await turn(); // the answer goes out in this turn, the code after it
  hangUp(socket, CloseCode.draining, 'the server is closing');
}

/** The peer is gone: nobody is left to tell. On its own, or what it keeps would keep the request, too. */
function forgetOnError(stream: Duplex): void {
  stream.on('error', () => stream.destroy());
}

/** Of a request tRPC looks at the address only, and keeps what it is given for as long as the socket: not all of it. */
const bare = ({ url }: IncomingMessage) => ({ url, headers: {}, socket: {} }) as IncomingMessage;

/** What is said with the codes of a revocation; the code is what counts. */
const GOODBYES: Record<number, string> = {
  [CloseCode.identityChanged]: 'your rights have changed',
  [CloseCode.revoked]: 'you may not be here any more',
};

type Who = { identity: Identity | null; lease?: Lease };

const whoseOf = ({ operator: { operatorId }, via }: Identity) => ({
  operatorId,
  signInId: via.type === 'signIn' ? via.signInId : '',
});

const hasShown = ({ cookie, [KEY_HEADER]: key }: IncomingMessage['headers']): boolean =>
  cookie !== undefined || key !== undefined;

/** Faults are logged where they get their correlation id (context.ts). */
const notHere = () => undefined;

/** Who it is, or the HTTP status that refuses the upgrade. */
async function admit(
  request: IncomingMessage,
  { origins, ...known }: Pick<SocketOptions, 'deps' | 'auth' | 'origins'>,
): Promise<Identity | 'ticket' | 401 | 403 | 404> {
  // Not `new URL`, which throws at what some requests call a path.
  if (request.url?.split('?', 1)[0] !== PATH) return 404;
  // Browsers always name the page's origin; a program that names none brings its key or cookie on purpose.
  const isForeign = request.headers.origin !== undefined && !origins.has(request.headers.origin);
  // A page of elsewhere never speaks by what its browser adds by itself; a ticket it has to have been given.
  if (request.url.endsWith(WITH_TICKET) && (isForeign || !hasShown(request.headers))) return 'ticket';
  if (isForeign) return 403;
  return (await identityOf(known, shownIn(request.headers))) ?? 401;
}

const REASONS = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};
type Status = keyof typeof REASONS;

function turnAway(stream: Duplex, status: Status): void {
  stream.once('finish', () => stream.destroy()); // who does not hang up would be kept for ever
  stream.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

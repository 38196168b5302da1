import type { AppRouter } from '@sala/api/router';
import type { ConversationId, InboxRow, InboxView, RoomEvent } from '@sala/contracts';
import { createTRPCClient, createWSClient, httpLink, splitLink, type TRPCClient, wsLink } from '@trpc/client';
import { type End, endBy, pauseAfter, SalaEnded } from './end.ts';
import type { Followed } from './follow.ts';
import { followRoom, followView, type RoomOptions } from './streams.ts';
import { socketWith } from './socket.ts';
import { type AskTicket, TicketKeeper } from './tickets.ts';

/** Every procedure of the desk, typed by its own router. */
export type Api = TRPCClient<AppRouter>;

/**
 * How the client comes in: with a key (programs), with the cookie of a sign-in (programs that have one), or with
 * tickets (pages of other origins, which ask somebody who is signed in for `me.socketTicket`). With tickets everything goes
 * over the socket, and they are renewed on it.
 */
export type Way = { key: string } | { cookie: string; origin?: string } | { ticket: AskTicket };

export type SalaClientOptions = Way & {
  /** Where the desk is: `https://desk.example.com`. */
  url: string;
  /** Told once, when the desk wants this client no more. What is followed throws {@link SalaEnded} as well. */
  onEnded?: (why: End) => void;
  /** Told whenever the socket opens, and whenever it is lost. */
  onConnection?: (state: 'open' | 'lost') => void;
  /** The socket class for tickets, where the runtime has none. */
  WebSocket?: typeof WebSocket;
  /** Where the pauses between dials get their chance from. */
  chance?: () => number;
};

export type SalaClient = {
  api: Api;
  room: (conversationId: ConversationId) => {
    /** Every event after `after` (0: from the beginning), in order and once, over lost connections, too. */
    follow: (options?: RoomOptions) => Followed<RoomEvent>;
  };
  inbox: (view: InboxView) => {
    /** Every row of the view, and again whenever one changes or comes. After a break the list is looked at anew. */
    follow: (options?: { signal?: AbortSignal }) => Followed<InboxRow>;
  };
  /** Ends everything. */
  close: () => void;
};

/** How long a silent socket is trusted. */
const KEEP_ALIVE = { enabled: true, intervalMs: 20_000, pongTimeoutMs: 10_000 };

/** A ticket that is refused so soon after another was means that there is no sign-in. */
const DOUBT_MS = 30_000;

/** A client of one desk that dials again by itself. Nothing is dialled before something is followed, except with tickets. */
export function createSalaClient(options: SalaClientOptions): SalaClient {
  const { url, onEnded, onConnection, chance = Math.random } = options;
  const headers = headersOf(options);
  let ended: End | 'closed' | null = null;
  let lastCode: number | undefined;
  let refusedAt = -Infinity;

  const end = (why: End | 'closed') => {
    if (ended) return;
    ended = why;
    tickets?.stop();
    void socket.close();
    if (why !== 'closed') onEnded?.(why);
  };
  const refused = (status: number) => {
    if (status === 401) end('signedOut');
    if (status === 403) end('revoked');
  };
  // A ticket that ran out is no end: the next dial brings another. Two in a row that open nothing are.
  const mayTryAgain = (): boolean => {
    const isFirst = performance.now() - refusedAt > DOUBT_MS;
    refusedAt = performance.now();
    return tickets !== null && isFirst;
  };
  const tickets =
    'ticket' in options
      ? new TicketKeeper(options.ticket, {
          renew: (ticket) => api.me.renewTicket.mutate({ ticket }),
          none: () => end('signedOut'),
        })
      : null;
  const WebSocketClass = headers ? socketWith(headers, refused) : options.WebSocket;
  const socket = createWSClient({
    url: `${url.replace(/^http/, 'ws').replace(/\/$/, '')}/trpc`,
    ...(WebSocketClass && { WebSocket: WebSocketClass }),
    ...(tickets && { connectionParams: () => tickets.show() }),
    lazy: { enabled: headers !== null, closeMs: 60_000 },
    keepAlive: KEEP_ALIVE,
    retryDelayMs: (attempt) => pauseAfter(lastCode, attempt, chance),
    onOpen: () => {
      lastCode = undefined;
      onConnection?.('open');
    },
    onClose: (cause) => {
      lastCode = cause?.code;
      const why = endBy(lastCode);
      if (why === 'revoked' || (why === 'signedOut' && !mayTryAgain())) end(why);
      else onConnection?.('lost');
    },
  });
  const live = wsLink<AppRouter>({ client: socket });
  const api = createTRPCClient<AppRouter>({
    links: headers
      ? [
          splitLink({
            condition: ({ type }) => type === 'subscription',
            true: live,
            false: httpLink({ url: `${url.replace(/\/$/, '')}/trpc`, headers }),
          }),
        ]
      : [live],
  });
  const over = () => new SalaEnded(ended ?? 'closed');
  return {
    api,
    room: (conversationId) => ({ follow: (asked = {}) => followRoom(api, conversationId, asked, over) }),
    inbox: (view) => ({ follow: ({ signal } = {}) => followView(api, view, signal, over) }),
    close: () => end('closed'),
  };
}

/** What is shown at every call; null where it is a ticket, on the socket itself. */
function headersOf(way: Way): Record<string, string> | null {
  if ('key' in way) return { 'x-api-key': way.key };
  if ('cookie' in way) return { cookie: way.cookie, ...(way.origin && { origin: way.origin }) };
  return null;
}

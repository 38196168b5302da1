import { createWSClient, type OperationLink, wsLink } from '@trpc/client';
import type { AppRouter } from '@sala/api/router';

/** One WebSocket, from its dial to its end. It does not come back: that is the line's decision. */
export interface Socket {
  /** Carries streams once it has opened. */
  link: OperationLink<AppRouter>;
  /** Asks for a sign of life. */
  ask: () => void;
  hangUp: () => void;
}

/** `opened` when the server has answered for the first time, `closed` once, and not after `hangUp`. */
export interface SocketEars {
  opened: () => void;
  heard: () => void;
  closed: (code: number | undefined) => void;
}

/** The client's own pause before its own next try. It is closed by then. */
const NEVER_MS = 1_000;

/**
 * Dials. A proxy may accept a socket and swallow what it carries, so it counts as open with the first answer.
 * The client would dial again by itself, with no way to be hurried or to be told why not: it is ended with its socket.
 */
export function dial(url: string, ears: SocketEars): Socket {
  let isOver = false;
  let isOpen = false;
  let raw: WebSocket | null = null;

  class HeardWebSocket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      keep(this);
      this.addEventListener('open', ask);
      this.addEventListener('message', () => {
        if (isOver) return;
        if (!isOpen) {
          isOpen = true;
          ears.opened();
        }
        ears.heard();
      });
    }
  }

  const end = () => {
    isOver = true;
    void client.close();
    raw?.close();
  };
  const client = createWSClient({
    url,
    WebSocket: HeardWebSocket,
    retryDelayMs: () => NEVER_MS,
    onClose: (cause) => {
      if (isOver) return;
      isOver = true;
      // The line first: ending the client would tell its streams that they are complete.
      ears.closed(cause?.code);
      end();
    },
  });
  function keep(socket: WebSocket) {
    raw = socket;
  }
  function ask() {
    if (raw?.readyState === WebSocket.OPEN) raw.send('PING');
  }
  return { link: wsLink<AppRouter>({ client })({}), ask, hangUp: () => isOver || end() };
}

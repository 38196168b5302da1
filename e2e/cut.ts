import type { BrowserContext, WebSocketRoute } from '@playwright/test';

/** The way between a browser and the desk: sockets and calls. The page itself is always served. */
export interface Line {
  cut(): Promise<void>;
  mend(): void;
  /** Every socket is closed with this code, as by the server. */
  close(code: number): Promise<void>;
}

/** Takes hold of a browser's line. Pages that are open have to be loaded again to be on it. */
export async function lineOf(context: BrowserContext): Promise<Line> {
  const sockets = new Set<WebSocketRoute>();
  let isCut = false;
  await context.routeWebSocket(/\/trpc/, async (socket) => {
    if (isCut) return socket.close();
    sockets.add(socket);
    socket.connectToServer();
  });
  await context.route(/\/trpc/, (route) => (isCut ? route.abort() : route.fallback()));
  const close = async (code?: number) => {
    await Promise.all([...sockets].map((socket) => socket.close({ code }).catch(() => {})));
    sockets.clear();
  };
  return {
    async cut() {
      isCut = true;
      await close();
    },
    close,
    mend() {
      isCut = false;
    },
  };
}

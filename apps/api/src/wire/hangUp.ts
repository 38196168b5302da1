import type { WebSocket } from 'ws';

/** How long a client has to hang up, once it was told. */
export const CLOSE_WITHIN_MS = 1_000;

/**
 * Closes a socket, and is done with it: what still comes is not heard, and whoever does not hang up in time is hung up
 * on. The library alone would go on answering for half a minute.
 */
export function hangUp(socket: WebSocket, code: number, reason: string, withinMs = CLOSE_WITHIN_MS): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.removeAllListeners('message');
  socket.on('error', () => undefined); // what it still sends is nobody's concern, and must not be the process's
  socket.close(code, reason);
  setTimeout(() => socket.terminate(), withinMs).unref();
}

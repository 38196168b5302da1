import { WebSocket as NodeSocket } from 'ws';

/** A dial that has brought no answer by then is given up. */
const DIAL_WITHIN_MS = 10_000;

/** A socket class that shows these headers, as browsers' cannot; `refused` hears when the server does not let it in. */
export function socketWith(headers: Record<string, string>, refused: (status: number) => void): typeof WebSocket {
  class Dialled extends NodeSocket {
    constructor(address: string | URL) {
      super(address, { headers, handshakeTimeout: DIAL_WITHIN_MS });
      this.on('unexpected-response', (request, response) => {
        refused(response.statusCode ?? 0);
        request.destroy();
      });
    }
  }
  return Dialled as unknown as typeof WebSocket;
}

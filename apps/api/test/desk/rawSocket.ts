import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A socket without tRPC's client on it: what crosses it is seen as it is. */
export type RawSocket = {
  ws: WebSocket;
  /** Every frame that came, as text. */
  frames: string[];
  send: (frame: string | object) => void;
  /** The code with which it was closed. */
  closed: Promise<number>;
};

type Peer = { url: string; publicUrl: string };
type Greeting = { cookie?: string | undefined; origin?: string; path?: string };

const dial = ({ url, publicUrl }: Peer, { cookie, origin = publicUrl, path = '/trpc' }: Greeting) =>
  new WebSocket(`${url.replace('http', 'ws')}${path}`, { headers: { origin, ...(cookie && { cookie }) } });

/** Resolves when it is open. */
export async function openRawSocket(peer: Peer, cookie: string): Promise<RawSocket> {
  const ws = dial(peer, { cookie });
  const frames: string[] = [];
  ws.on('message', (frame: Buffer) => frames.push(frame.toString('utf8')));
  ws.on('error', () => undefined); // the close tells it
  const closed = once(ws, 'close').then(([code]) => code as number);
  await once(ws, 'open');
  return {
    ws,
    frames,
    send: (frame) => ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    closed,
  };
}

/** The HTTP status that refuses an upgrade, or 101 when it is granted. */
export async function upgradeStatus(peer: Peer, greeting: Greeting): Promise<number> {
  const ws = dial(peer, greeting);
  return new Promise((resolve, reject) => {
    ws.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    ws.on('open', () => {
      ws.terminate();
      resolve(101);
    });
    ws.on('error', reject);
  });
}

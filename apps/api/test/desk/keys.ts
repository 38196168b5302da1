import { once } from 'node:events';
import { WebSocket } from 'ws';

/** The HTTP status that answers an upgrade with these headers: 101 when it is granted. */
export async function upgradeStatusWith(
  { url }: { url: string },
  headers: Record<string, string>,
  path = '/trpc',
): Promise<number> {
  const ws = new WebSocket(`${url.replace('http', 'ws')}${path}`, { headers });
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

/** A socket that a program opened with its key, and the code with which it is closed. */
export async function openKeySocket(
  { url }: { url: string },
  secret: string,
): Promise<{ ws: WebSocket; closed: Promise<number> }> {
  const ws = new WebSocket(`${url.replace('http', 'ws')}/trpc`, { headers: { 'x-api-key': secret } });
  ws.on('error', () => undefined); // the close tells it
  const closed = once(ws, 'close').then(([code]) => code as number);
  await once(ws, 'open');
  return { ws, closed };
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebhookEvent } from '../src/index.ts';

export type Hook = {
  raw: Buffer;
  headers: IncomingHttpHeaders;
  body: { destination: string; events: WebhookEvent[] };
};

export type Bot = {
  url: string;
  /** Every webhook that came, in the order of arrival. */
  hooks: Hook[];
  /** What to answer; `null` never answers. Default 200. */
  answers: (status: number | null) => void;
  close: () => Promise<void>;
};

/** A bot's webhook and nothing behind it: a real HTTP server that keeps what it is sent. */
export async function startBot(): Promise<Bot> {
  const hooks: Hook[] = [];
  let status: number | null = 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      hooks.push({ raw, headers: request.headers, body: JSON.parse(raw.toString('utf8')) as Hook['body'] });
      if (status !== null) response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    hooks,
    answers(next) {
      status = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What a careful bot checks: one header, and the signature of the bytes as they came. */
export function isSignedWith(secret: string, { headers, raw }: Hook): boolean {
  const header = headers['x-line-signature'];
  if (typeof header !== 'string' || !/^[A-Za-z0-9+/]{43}=$/.test(header)) return false;
  return timingSafeEqual(Buffer.from(header, 'base64'), createHmac('sha256', secret).update(raw).digest());
}

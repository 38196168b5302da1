import type { FastifyInstance } from 'fastify';
import type { Platform } from '../platform.ts';

/** Pages open at once. */
const MAX_STREAMS = 100;
/** A page that lets this many bytes pile up is cut off; it comes back and reads anew. */
const MAX_UNREAD_BYTES = 1_000_000;
const HEARTBEAT_MS = 15_000;

/** GET /_sim/events: what changes, as server-sent events whose data is one `News` each. */
export function newsStream(api: FastifyInstance, { lifetime, live }: Platform): void {
  let open = 0;

  api.get('/_sim/events', (_, reply) => {
    if (open >= MAX_STREAMS) return reply.code(503).send({ message: `No more than ${MAX_STREAMS} pages at a time` });
    open += 1;
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    raw.write('retry: 1000\n\n');

    const end = () => raw.destroy();
    const stopListening = live.listen((news) => {
      raw.write(`data: ${JSON.stringify(news)}\n\n`);
      if (raw.writableLength > MAX_UNREAD_BYTES) end();
    });
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
    lifetime.addEventListener('abort', end, { once: true });
    raw.on('close', () => {
      open -= 1;
      stopListening();
      clearInterval(heartbeat);
      lifetime.removeEventListener('abort', end);
    });
    return reply;
  });
}

import type { FastifyInstance } from 'fastify';
import type { Platform } from '../platform.ts';
import { Reading } from './reading.ts';

/** GET /_sim/wire and GET /_sim/deliveries: both by number, oldest first, a page at a time. */
export function logRoutes(api: FastifyInstance, { deliveries, lifetime, live, wire }: Platform): void {
  api.get('/_sim/wire', async (request) => {
    const { after, limit, waitMs } = Reading.parse(request.query);
    await live.until(() => wire.lastSeq > after, { withinMs: waitMs, signal: lifetime });
    return { entries: wire.after(after).slice(0, limit), lastSeq: wire.lastSeq };
  });

  api.get('/_sim/deliveries', async (request) => {
    const { after, limit, waitMs } = Reading.parse(request.query);
    await live.until(() => deliveries.lastSeq > after, { withinMs: waitMs, signal: lifetime });
    return { deliveries: deliveries.after(after, limit), lastSeq: deliveries.lastSeq };
  });
}

import type { IncomingMessage } from 'node:http';

/**
 * Where a request came from, as `hops` proxies before the server tell it: each of them adds who called it to the end of
 * X-Forwarded-For, so what stands further left is anybody's word. The same as Fastify's `trustProxy`.
 */
export function addressOf({ socket, headers }: IncomingMessage, hops: number): string | undefined {
  const told = headers['x-forwarded-for'];
  const list = (Array.isArray(told) ? told.join(',') : (told ?? '')).split(',').map((one) => one.trim());
  const callers = [socket.remoteAddress, ...list.filter(Boolean).toReversed()];
  return callers[Math.min(hops, callers.length - 1)];
}

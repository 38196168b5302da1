import type { FastifyRequest } from 'fastify';

/** The `X-Line-Retry-Key` header, if the caller sent one. */
export function retryKeyOf({ headers }: FastifyRequest): string | undefined {
  const retryKey = headers['x-line-retry-key'];
  return Array.isArray(retryKey) ? retryKey[0] : retryKey;
}

import type { FastifyRequest } from 'fastify';
import type { Endpoint, WireRecord } from '../wire-log.ts';
import { retryKeyOf } from './retry-key.ts';

type Outcome = { status: number; note: string | null; response: unknown; now: number };

/** A call to the API as the wire log keeps it. Headers stay out: one of them is a secret. */
export function requestRecord(
  request: FastifyRequest,
  kind: Endpoint,
  { status, note, response, now }: Outcome,
): WireRecord {
  const retryKey = retryKeyOf(request);
  const about = kind === 'push' || kind === 'reply' ? typesIn(request.body) : `${request.method} ${request.url}`;
  return {
    at: request.startedAt,
    direction: 'in',
    kind,
    channelId: request.channel?.id ?? null,
    summary: (retryKey ? `${about}, retry key ${retryKey.slice(0, 4)}…` : about).slice(0, 200),
    status,
    latencyMs: Math.max(0, now - request.startedAt),
    note,
    request: request.body ?? null,
    response: readable(response),
  };
}

function typesIn(body: unknown): string {
  const messages = typeof body === 'object' && body !== null && 'messages' in body ? body.messages : undefined;
  if (!Array.isArray(messages)) return 'no messages';
  return messages.map((message) => String(message?.type ?? '?')).join(', ');
}

function readable(payload: unknown): unknown {
  if (Buffer.isBuffer(payload)) return `${payload.length} bytes`;
  if (typeof payload !== 'string') return null;
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

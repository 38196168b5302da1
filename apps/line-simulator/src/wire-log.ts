import { BoundedLog } from './bounded-log.ts';
import type { Live } from './live.ts';

/** How many requests the log remembers. Enough for an afternoon by hand; a test that needs more reads as it goes. */
export const WIRE_LOG_LIMIT = 1_000;
/** A longer body is logged by its beginning, so that a full log stays within a few megabytes. */
export const WIRE_BODY_LIMIT = 16_384;

export const ENDPOINTS = ['push', 'reply', 'profile', 'info', 'content', 'endpoint', 'test', 'other'] as const;
/** The part of the API a request was for. */
export type Endpoint = (typeof ENDPOINTS)[number];

/** One request, either way, and how it ended. */
export type WireRecord = {
  /** Milliseconds since 1970, when the request began. */
  at: number;
  /** `in`: the bot called the API. `out`: a webhook was sent. */
  direction: 'in' | 'out';
  kind: Endpoint | 'hook';
  channelId: string | null;
  /** One line for people: "message text", "text, retry key 9f2c…". */
  summary: string;
  /** HTTP status; 0 when no answer was given or came. */
  status: number;
  latencyMs: number;
  /** What was unusual: "again", "redelivery", "left hanging", "accepted, then cut off". */
  note: string | null;
  request: unknown;
  response: unknown;
};
export type WireEntry = WireRecord & { seq: number };

export class WireLog {
  readonly #log = new BoundedLog<WireRecord>(WIRE_LOG_LIMIT);
  readonly #live: Live;

  constructor(live: Live) {
    this.#live = live;
  }

  record(record: WireRecord): void {
    const entry = this.#log.append({ ...record, request: clipped(record.request), response: clipped(record.response) });
    this.#live.tell({ type: 'wire', entry });
  }

  after(seq: number): WireEntry[] {
    return this.#log.after(seq, WIRE_LOG_LIMIT);
  }

  get lastSeq(): number {
    return this.#log.lastSeq;
  }
}

function clipped(body: unknown): unknown {
  if (body === undefined) return null;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return text.length > WIRE_BODY_LIMIT ? `${text.slice(0, WIRE_BODY_LIMIT)}…` : body;
}

import type { AppRouter } from '@sala/api/router';
import { type OperationResultObserver, TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { readSse } from './sseText.ts';
import { withCursor } from './withCursor.ts';

/** The server keeps who polls in the room for 8 s: so that one poll may fail. */
export const POLL_EVERY_MS = 3_000;
/** A poll is answered with what there is. One that takes this long has been lost. */
const ANSWER_WITHIN_MS = 10_000;

export interface PollingOptions {
  /** Where tRPC is, without a slash at the end. */
  url: string;
  /** Something came back. */
  heard: () => void;
  everyMs?: number;
}

/**
 * Streams for a network that lets nothing stream: each is asked, every few seconds, what there is since. A stream
 * whose events have numbers goes on after the last; any other begins anew with every poll, and says `started` each time.
 * A poll that fails ends it with that error: whoever rides on it tries again.
 */
export function pollingLink({ url, heard, everyMs = POLL_EVERY_MS }: PollingOptions): TRPCLink<AppRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        const over = new AbortController();
        const { signal } = over;

        const poll = async () => {
          let cursor: string | undefined;
          for (let isFirst = true; !signal.aborted; isFirst = false) {
            const text = await ask(addressOf(url, op.path, withCursor(op.input, cursor)), signal);
            heard();
            if (isFirst || cursor === undefined) observer.next({ result: { type: 'started' } });
            cursor = deliver(text, observer) ?? cursor;
            await pause(everyMs, signal);
          }
        };
        poll().catch((error: unknown) => {
          if (!signal.aborted) observer.error(TRPCClientError.from(error as Error));
        });
        return () => over.abort();
      });
}

function addressOf(url: string, path: string, input: unknown): string {
  return `${url}/${path}${input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`}`;
}

/** @throws what the server says instead of a stream, or that something else answered. */
async function ask(address: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(address, {
    credentials: 'same-origin',
    cache: 'no-store',
    headers: { 'x-sala-poll': '1', accept: 'text/event-stream' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
  });
  if (isType(response, 'text/event-stream')) return await response.text();
  if (isType(response, 'application/json')) throw TRPCClientError.from((await response.json()) as object);
  throw new Error(`a poll was answered with ${response.status}`);
}

const isType = (response: Response, type: string): boolean =>
  response.headers.get('content-type')?.startsWith(type) ?? false;

/** Hands on what a poll brought, and answers the id of the last event, if it had any. */
function deliver(text: string, observer: OperationResultObserver<AppRouter, unknown>): string | undefined {
  let cursor: string | undefined;
  for (const { event, data, id } of readSse(text)) {
    if (event === 'serialized-error') throw TRPCClientError.from({ error: JSON.parse(data) as object });
    if (event !== 'message') continue;
    const value: unknown = JSON.parse(data);
    if (id === null) {
      observer.next({ result: { type: 'data', data: value } });
      continue;
    }
    cursor = id;
    observer.next({ result: { type: 'data', id, data: { id, data: value } } });
  }
  return cursor;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

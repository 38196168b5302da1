import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AppRouter } from '@sala/api/router';
import { createTRPCClient } from '@trpc/client';
import { afterEach, describe, expect, it } from 'vitest';
import { pollingLink } from './pollingLink.ts';

/** What tRPC writes for a stream; a number is the id of an event. */
const word = (event: string, data: string) => `event: ${event}\ndata: ${data}\n\n\n`;
const CONNECTED = word('connected', '{}');
const numbered = (...ids: number[]) => ids.map((id) => `data: {"seq":${id}}\nid: ${id}\n\n\n`).join('');
const RETURN = word('return', '');

interface Answer {
  status?: number;
  type?: string;
  body: string;
}

const stream = (...words: string[]): Answer => ({ body: [CONNECTED, ...words, RETURN].join('') });

let server: Server | undefined;
afterEach(() => void server?.close());

/** A server that gives these answers, one a poll, and the last one for ever after. */
async function answering(...answers: Answer[]) {
  const asked: { path: string; input: unknown; poll: string | string[] | undefined }[] = [];
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://here');
    const { status = 200, type = 'text/event-stream', body } = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push({
      path: pathname,
      input: JSON.parse(searchParams.get('input') ?? 'null') as unknown,
      poll: request.headers['x-sala-poll'],
    });
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server!.listen(0, resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/trpc`;
  let heard = 0;
  const client = createTRPCClient<AppRouter>({ links: [pollingLink({ url, heard: () => (heard += 1), everyMs: 5 })] });
  return { client, asked, heardTimes: () => heard };
}

type Said = { type: 'started' } | { type: 'data'; data: unknown } | { type: 'error'; message: string; data: unknown };

/** Follows until so many things were said. */
function said(client: Awaited<ReturnType<typeof answering>>['client'], of: 'room' | 'inbox', count: number) {
  return new Promise<Said[]>((resolve) => {
    const all: Said[] = [];
    const say = (one: Said) => {
      all.push(one);
      if (all.length !== count) return;
      subscription.unsubscribe();
      resolve(all);
    };
    const ears = {
      onStarted: () => say({ type: 'started' }),
      onData: (data: unknown) => say({ type: 'data', data }),
      onError: ({ message, data }: { message: string; data: unknown }) => say({ type: 'error', message, data }),
    };
    const subscription =
      of === 'room'
        ? client.room.follow.subscribe({ conversationId: 'c', lastEventId: 3 }, ears)
        : client.inbox.follow.subscribe({ view: 'all' }, ears);
  });
}

const event = (id: number): Said => ({ type: 'data', data: { id: String(id), data: { seq: id } } });

describe('a stream over polls (D6)', () => {
  it('[LV8] asks on after the last event, and says once that it has begun', async () => {
    const { client, asked, heardTimes } = await answering(
      stream(numbered(4, 5)),
      stream(),
      stream(word('ping', ''), numbered(6)),
      stream(numbered(7)),
    );
    expect(await said(client, 'room', 5)).toEqual([{ type: 'started' }, event(4), event(5), event(6), event(7)]);
    expect(asked.slice(0, 4).map(({ input }) => (input as { lastEventId: unknown }).lastEventId)).toEqual([
      3,
      '5',
      '5',
      '6',
    ]);
    expect(asked[0]).toEqual({ path: '/trpc/room.follow', input: { conversationId: 'c', lastEventId: 3 }, poll: '1' });
    expect(heardTimes()).toBeGreaterThanOrEqual(4);
  });

  it('[LV8] begins anew with every poll where events have no numbers: what is shown is read again', async () => {
    const { client, asked } = await answering(stream('data: {"type":"resync"}\n\n\n'));
    const once = [{ type: 'started' }, { type: 'data', data: { type: 'resync' } }];
    expect(await said(client, 'inbox', 4)).toEqual([...once, ...once]);
    expect(asked[1]!.input).toEqual({ view: 'all' });
  });

  it('[LV8] hands on what came before an error, and the refusal itself', async () => {
    const refused = { code: -32009, message: 'STALE', data: { code: 'CONFLICT', refusal: { code: 'STALE', seq: 2 } } };
    const { client } = await answering(stream(numbered(4), word('serialized-error', JSON.stringify(refused))));
    expect(await said(client, 'room', 3)).toEqual([
      { type: 'started' },
      event(4),
      { type: 'error', message: 'STALE', data: refused.data },
    ]);
  });

  it('[LV8] tells a refusal before the stream, and anything that is not Sala, by what it is', async () => {
    const body = JSON.stringify({ error: { code: -32001, message: 'NOT_SIGNED_IN', data: { httpStatus: 401 } } });
    const refusal = await answering({ status: 401, type: 'application/json', body });
    expect(await said(refusal.client, 'inbox', 1)).toEqual([
      { type: 'error', message: 'NOT_SIGNED_IN', data: { httpStatus: 401 } },
    ]);
    server?.close();
    const portal = await answering({ type: 'text/html', body: '<h1>Wi-Fi</h1>' });
    expect(await said(portal.client, 'inbox', 1)).toMatchObject([{ type: 'error', data: undefined }]);
  });

  it('[LV8] asks no more when nobody follows', async () => {
    const { client, asked } = await answering(stream(numbered(4)));
    await said(client, 'room', 2);
    const before = asked.length;
    // Somebody else polls on: long enough for the first to have asked again.
    await said(client, 'inbox', 10);
    expect(asked.slice(before).filter(({ path }) => path === '/trpc/room.follow')).toEqual([]);
  });
});

import { createServer, type Server } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { getWSConnectionHandler } from '@trpc/server/adapters/ws';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { asIdentity } from '../../src/auth/identity.ts';
import { appRouter } from '../../src/trpc/appRouter.ts';
import { createContext } from '../../src/trpc/context.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { openRawSocket, type RawSocket } from '../desk/rawSocket.ts';
import { newRoom, said, say, upTo } from '../desk/rooms.ts';

let desk: TestDesk;
let aoi: TestOperator;
let plain: Server;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  aoi = await desk.operator('Aoi');
  plain = await servePlain();
});
afterAll(async () => {
  plain.close();
  plain.closeAllConnections();
  await desk.close();
});

/** The same router over tRPC's adapter as it comes: no encoder of ours, nothing handed over. */
async function servePlain(): Promise<Server> {
  const server = createServer();
  const wss = new WebSocketServer({ server });
  const { operatorId, name, role } = aoi;
  wss.on(
    'connection',
    getWSConnectionHandler({
      wss,
      router: appRouter,
      createContext: () => createContext(desk.deps, asIdentity({ operatorId, name, role })),
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const plainUrl = () => `http://127.0.0.1:${(plain.address() as AddressInfo).port}`;

const TRICKY = [
  'plain',
  '"quotes" \\ and / slashes',
  'สวัสดี 🍎 こんにちは',
  '\u2028 \u2029 \u0007 \u007f',
  '</script>',
  '',
];

type Call = { id: number | string; jsonrpc?: string };

const subscription = ({ id, jsonrpc }: Call, conversationId: string, lastEventId: number) => ({
  id,
  ...(jsonrpc && { jsonrpc }),
  method: 'subscription',
  params: { path: 'room.follow', input: { conversationId, lastEventId } },
});

/** A socket to either path. */
const sockets = async (): Promise<[RawSocket, RawSocket]> => {
  const cookie = await desk.cookieOf(aoi);
  return [
    await openRawSocket(desk, cookie),
    await openRawSocket({ url: plainUrl(), publicUrl: desk.publicUrl }, cookie),
  ];
};

const CALLS: Call[] = [
  { id: 1 },
  { id: 7, jsonrpc: '2.0' },
  { id: 'a "name"' },
  { id: 'ชื่อ', jsonrpc: '2.0' },
  { id: 0 },
];

describe('Following a room (FO)', () => {
  it.each(CALLS)('[FO6] frames for %j are byte for byte what tRPC sends, replayed and live', async (call) => {
    const { conversationId } = await newRoom(
      desk,
      TRICKY.map((text) => said(text)),
    );
    const [shared, own] = await sockets();
    for (const socket of [shared, own]) socket.send(subscription(call, conversationId, 2));
    const replayed = 1 + TRICKY.length - 2;
    await vi.waitFor(() => expect([shared.frames.length, own.frames.length]).toEqual([replayed, replayed]), WAIT);

    await say(desk, conversationId, ...TRICKY);

    const all = replayed + TRICKY.length;
    await vi.waitFor(() => expect([shared.frames.length, own.frames.length]).toEqual([all, all]), WAIT);
    expect(shared.frames).toEqual(own.frames);
    for (const socket of [shared, own]) socket.ws.terminate();
  });

  it('[FO6] several subscriptions on one socket each get their own frames', async () => {
    const { conversationId } = await newRoom(desk, []);
    const [shared, own] = await sockets();
    const calls = [{ id: 1 }, { id: 2 }, { id: 'three' }];
    for (const socket of [shared, own]) for (const call of calls) socket.send(subscription(call, conversationId, 0));
    await vi.waitFor(() => expect([shared.frames.length, own.frames.length]).toEqual([3, 3]), WAIT);

    await say(desk, conversationId, 'one', 'two');

    await vi.waitFor(() => expect([shared.frames.length, own.frames.length]).toEqual([9, 9]), WAIT);
    expect(shared.frames.toSorted()).toEqual(own.frames.toSorted());
    for (const socket of [shared, own]) socket.ws.terminate();
  });

  it('[FO6] stopping is answered as tRPC answers it, and nothing comes after', async () => {
    const { conversationId } = await newRoom(desk);
    const [shared, own] = await sockets();
    for (const socket of [shared, own]) socket.send(subscription({ id: 5 }, conversationId, 0));
    await vi.waitFor(() => expect([shared.frames.length, own.frames.length]).toEqual([2, 2]), WAIT);

    for (const socket of [shared, own]) socket.send({ id: 5, method: 'subscription.stop' });
    await vi.waitFor(() => expect([shared.frames.length, own.frames.length]).toEqual([3, 3]), WAIT);
    await say(desk, conversationId, 'unheard');
    // A call after it on the same socket: once that is answered, a late frame would have come, too.
    for (const socket of [shared, own]) socket.send({ id: 6, method: 'query', params: { path: 'operators.list' } });
    await vi.waitFor(() => expect([shared.frames.length, own.frames.length]).toEqual([4, 4]), WAIT);

    expect(shared.frames).toEqual(own.frames);
    for (const socket of [shared, own]) socket.ws.terminate();
  });

  it('[FO9] wherever between the start and the hand-over a stop comes, nothing is heard after it', async () => {
    const { conversationId } = await newRoom(desk);
    const [shared] = await sockets();
    const moments = fc.sample(fc.nat(30), 60);
    for (const [id, turns] of moments.entries()) {
      shared.send(subscription({ id }, conversationId, 0));
      for (let turn = 0; turn < turns; turn += 1) await setImmediate();
      shared.send({ id, method: 'subscription.stop' });
    }
    const stops = () => shared.frames.filter((frame) => frame.includes('"stopped"'));
    await vi.waitFor(() => expect(stops()).toHaveLength(moments.length), WAIT);

    await say(desk, conversationId, 'afterwards');
    shared.send({ id: 'last', method: 'query', params: { path: 'operators.list' } });

    await vi.waitFor(() => expect(shared.frames.at(-1)).toContain('"last"'), WAIT);
    expect(shared.frames.filter((frame) => frame.includes('afterwards'))).toEqual([]);
    shared.ws.terminate();
  });

  it('[FO8] stopping what was never followed changes nothing (A6)', async () => {
    const [shared] = await sockets();

    shared.send({ id: 99, method: 'subscription.stop' });
    shared.send({ id: 6, method: 'query', params: { path: 'operators.list' } });

    await vi.waitFor(() => expect(shared.frames).toHaveLength(1), WAIT);
    expect(JSON.parse(shared.frames[0]!)).toMatchObject({ id: 6, result: { type: 'data' } });
    shared.ws.terminate();
  });

  it('[FO6] an error is what tRPC sends', async () => {
    const [shared, own] = await sockets();
    for (const socket of [shared, own]) socket.send(subscription({ id: 5 }, 'no such room', 0));

    await vi.waitFor(() => expect([shared.frames.length, own.frames.length]).toEqual([3, 3]), WAIT);

    expect(shared.frames).toEqual(own.frames);
    for (const socket of [shared, own]) socket.ws.terminate();
  });

  it('[FO6] what one listener is sent does not depend on how many listen', async () => {
    const { conversationId } = await newRoom(desk, []);
    const cookie = await desk.cookieOf(aoi);
    const listeners = await Promise.all(upTo(10).map(() => openRawSocket(desk, cookie)));
    for (const [index, socket] of listeners.entries()) socket.send(subscription({ id: index % 2 }, conversationId, 0));
    await vi.waitFor(() => expect(listeners.map(({ frames }) => frames.length)).toEqual(listeners.map(() => 1)), WAIT);

    await say(desk, conversationId, 'one', 'two');

    await vi.waitFor(() => expect(listeners.map(({ frames }) => frames.length)).toEqual(listeners.map(() => 3)), WAIT);
    expect(new Set(listeners.map(({ frames }) => frames.join('\n').replaceAll(/"id":[01],/g, '')))).toHaveLength(1);
    for (const socket of listeners) socket.ws.terminate();
  });
});

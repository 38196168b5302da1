import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Limits } from '../../src/limit/limits.ts';
import { createServer } from '../../src/server.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { openEventStream } from '../desk/eventStream.ts';
import { openRawSocket, type RawSocket, upgradeStatus } from '../desk/rawSocket.ts';
import { upTo } from '../desk/rooms.ts';

let desk: TestDesk;
let aoi: TestOperator;
let cookie: string;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  aoi = await desk.operator('Aoi');
  cookie = await desk.cookieOf(aoi);
});
afterAll(() => desk.close());

/** A peer that asks for an upgrade without a cookie, is refused, and does not hang up; answers whether it was hung up on. */
const isHungUpOn = () =>
  new Promise<boolean>((resolve) => {
    const { hostname, port } = new URL(desk.url);
    const peer = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    peer.on('error', () => resolve(true));
    peer.write(
      'GET /trpc HTTP/1.1\r\nHost: desk\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    peer.resume().on('end', async () => {
      for (const _try of upTo(20)) {
        peer.write('still here');
        await pause(20);
      }
      peer.destroy();
      resolve(false);
    });
  });

const ask = (id: number | string) => ({ id, method: 'query', params: { path: 'operators.list' } });

type Answer = { id: number | string | null; result?: unknown; error?: { data: { code: string; refusal: unknown } } };

/** The answer to the call with this id. */
const answerTo = ({ frames }: RawSocket, id: number | string) =>
  vi.waitFor(() => {
    const answer = frames.map((frame) => JSON.parse(frame) as Answer).find((one) => one.id === id);
    if (!answer) throw new Error('no answer yet');
    return answer;
  }, WAIT);

describe('Sockets (SO)', () => {
  it('[SO1] who is refused and does not hang up is hung up on', async () => {
    expect(await isHungUpOn()).toBe(true);
  });

  it('[SI10] a socket whose sign-in has ended is closed with 4401 within a minute, and no other', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const { deps, auth, publicUrl } = desk;
    const isReady = async () => true;
    const options = { deps, auth, origins: new Set([publicUrl]), adminDir: null, imageOrigins: [], isReady };
    const server = await createServer(options);
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    const [stays, goes] = [await desk.signIn(aoi), await desk.signIn(aoi)];
    const [mine, theirs] = [
      await openRawSocket({ url, publicUrl }, stays),
      await openRawSocket({ url, publicUrl }, goes),
    ];
    const token = decodeURIComponent(goes).replace(/^sala=(.+)\..*$/, '$1');
    await deps.db.prisma.signIn.delete({ where: { token } }); // nobody is told

    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();

    expect([await theirs.closed, mine.ws.readyState]).toEqual([4401, mine.ws.OPEN]);
    await server.close();
  });

  it('[SO7] whoever is closed and does not hang up is not heard any more, and hung up on: after the end of a sign-in (A13)', async () => {
    const { deps, auth, publicUrl } = desk;
    let heard = 0;
    const calls: Limits['calls'] = async () => void (heard += 1);
    const options = { deps: { ...deps, limits: { maxCalls: Infinity, calls } }, auth, origins: new Set([publicUrl]) };
    const server = await createServer({ ...options, adminDir: null, imageOrigins: [], isReady: async () => true });
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    const goes = await desk.signIn(aoi);
    const socket = await openRawSocket({ url, publicUrl }, goes);
    socket.send({ id: 1, method: 'subscription', params: { path: 'inbox.follow', input: { view: 'all' } } });
    await vi.waitFor(() => expect(deps.inbox.size).toBe(1), WAIT);
    const closing = vi.spyOn(WebSocket.prototype, 'close');
    socket.ws.pause(); // the code is not read, and so not answered

    const headers = { cookie: goes, origin: publicUrl, 'content-type': 'application/json' };
    await fetch(`${url}/api/auth/sign-out`, { method: 'POST', headers, body: '{}' });
    await vi.waitFor(() => expect(closing).toHaveBeenCalledWith(4401, expect.anything()), WAIT);
    socket.send(ask('afterwards'));

    await vi.waitFor(() => expect(deps.inbox.size).toBe(0), { timeout: 3_000 });
    expect(heard).toBe(1);
    closing.mockRestore();
    socket.ws.terminate();
    await server.close();
  });

  it('[GB3] whoever comes while a server says goodbye is 503, and what is asked over HTTP is answered', async () => {
    const { deps, auth, publicUrl } = desk;
    const isReady = async () => true;
    const options = { deps, auth, origins: new Set([publicUrl]), adminDir: null, imageOrigins: [], isReady };
    const server = await createServer(options);
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    const socket = await openRawSocket({ url, publicUrl }, cookie);

    await server.goodbye();

    expect(await socket.closed).toBe(4503);
    expect(await upgradeStatus({ url, publicUrl }, { cookie })).toBe(503);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect((await openEventStream({ url }, 'presence.follow', { cookie })).status).toBe(503);
    expect((await fetch(`${url}/trpc/inbox.counts`, { headers: { cookie } })).status).toBe(200);
    await server.close();
  });

  it('[SO1] an operator who is signed in comes in from the page of the desk (A1)', async () => {
    expect(await upgradeStatus(desk, { cookie })).toBe(101);
  });

  it.each(['/', '/trpcx', '/trpc/', '/TRPC', '//', '/?/trpc', '/webhooks/line/1'])(
    '[SO1] the path %s is 404',
    async (path) => {
      expect(await upgradeStatus(desk, { cookie, path })).toBe(404);
    },
  );

  it.each(['http://evil.test', 'null', 'http://desk.test.evil.test', 'http://desk.test:8080', 'https://desk.test'])(
    '[SO1] a page of %s is 403',
    async (origin) => {
      expect(await upgradeStatus(desk, { cookie, origin })).toBe(403);
    },
  );

  it.each([
    ['no cookie', () => undefined],
    ['an empty cookie', () => 'sala='],
    ['a cookie of its own making', () => 'sala=somebody.c29tZWJvZHk'],
    ['a cookie whose signature was changed', () => `${cookie.slice(0, -6)}AAAAAA`],
  ])('[SO1] with %s it is 401 (A3)', async (_what, made) => {
    expect(await upgradeStatus(desk, { cookie: made() })).toBe(401);
  });

  it('[SO2] a frame over 64 KiB closes the socket with 1009', async () => {
    const socket = await openRawSocket(desk, cookie);

    socket.send(JSON.stringify(ask('x'.repeat(64 * 1024))));

    expect(await socket.closed).toBe(1009);
  });

  it('[SO2] a frame just under 64 KiB is answered', async () => {
    const socket = await openRawSocket(desk, cookie);
    const id = 'x'.repeat(63 * 1024);

    socket.send(JSON.stringify(ask(id)));

    expect(await answerTo(socket, id)).toHaveProperty('result');
    socket.ws.terminate();
  });

  it('[SO3] fifty calls in a frame are answered: all that a socket may follow, when it comes back', async () => {
    const socket = await openRawSocket(desk, cookie);

    socket.send(upTo(50).map(ask));

    await vi.waitFor(() => expect(socket.frames.filter((frame) => frame.includes('"result"'))).toHaveLength(50), WAIT);
    socket.ws.terminate();
  });

  it('[SO3] fifty-one calls in a frame are refused, and none is done', async () => {
    const socket = await openRawSocket(desk, cookie);

    socket.send(upTo(51).map(ask));
    socket.send(ask('afterwards'));

    await answerTo(socket, 'afterwards');
    const answers = socket.frames.map((frame) => JSON.parse(frame) as Answer);
    expect(answers.filter(({ id, result }) => id !== 'afterwards' && result)).toEqual([]);
    expect(answers.some(({ error }) => error?.data.code === 'BAD_REQUEST')).toBe(true);
    socket.ws.terminate();
  });

  it.each([
    ['nothing', ''],
    ['half an object', '{"id":1,'],
    ['null', 'null'],
    ['a number', '12'],
    ['a list of nothing', '[null]'],
    ['an empty list', '[]'],
    ['a call without an id', '{"method":"query","params":{"path":"operators.list"}}'],
    ['an unknown method', '{"id":1,"method":"sing","params":{"path":"operators.list"}}'],
    ['no params', '{"id":1,"method":"query","params":null}'],
    ['a path into the prototype', '{"id":1,"method":"query","params":{"path":"__proto__.constructor"}}'],
    ['a path that is no text', '{"id":1,"method":"query","params":{"path":{"a":1}}}'],
    ['a deep list', '['.repeat(20_000)],
    ['a connection without params', '{"method":"connectionParams","data":{"a":1}}'],
  ])('[SO4] a frame that is %s harms nobody else', async (_what, frame) => {
    const [odd, other] = [await openRawSocket(desk, cookie), await openRawSocket(desk, cookie)];

    odd.send(frame);
    odd.send(ask('next'));
    other.send(ask(1));

    expect(await answerTo(other, 1)).toHaveProperty('result');
    for (const socket of [odd, other]) socket.ws.terminate();
  });

  it('[SO4] bytes that are no text harm nobody else', async () => {
    const [odd, other] = [await openRawSocket(desk, cookie), await openRawSocket(desk, cookie)];

    odd.ws.send(Buffer.from([0xff, 0xfe, 0x00, 0x80]));
    other.send(ask(1));

    expect(await answerTo(other, 1)).toHaveProperty('result');
    for (const socket of [odd, other]) socket.ws.terminate();
  });

  it('[SO4] a socket that breaks in the middle of a call harms nobody else', async () => {
    const [broken, other] = [await openRawSocket(desk, cookie), await openRawSocket(desk, cookie)];

    broken.send(ask(1));
    broken.ws.terminate();
    other.send(ask(1));

    expect(await answerTo(other, 1)).toHaveProperty('result');
    other.ws.terminate();
  });
});

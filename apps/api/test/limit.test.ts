import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Limits, WINDOW_MS } from '../src/limit/limits.ts';
import { createServer, type ServerOptions } from '../src/server.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from './desk/desk.ts';
import { type Asked, openEventStream } from './desk/eventStream.ts';
import { openRawSocket, type RawSocket, upgradeStatus } from './desk/rawSocket.ts';
import { upTo } from './desk/rooms.ts';

/** So few that a test can make too many. */
const MAX_CALLS = 10;

/** Who does not hang up has a second. */
const GONE_SOON = { timeout: 3_000, interval: 20 };

let desk: TestDesk;
/** A server of it that counts no calls. */
let generous: TestDesk;
let number = 0;
const opened: { close: () => Promise<unknown> }[] = [];
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped', maxCalls: MAX_CALLS });
  generous = await openDesk({ jobs: 'stopped', beside: desk });
  opened.push(generous);
});
afterAll(async () => {
  for (const one of opened.toReversed()) await one.close();
  await desk.close();
});

/** Windows begin with the full ten seconds: no test shall begin in one and end in the next. */
beforeEach(() => {
  desk.clockOffset.ms += WINDOW_MS - ((Date.now() + desk.clockOffset.ms) % WINDOW_MS);
});

/** Somebody who has not called yet, with a cookie. */
async function somebody(): Promise<TestOperator & { cookie: string }> {
  const operator = await desk.operator(`Operator${(number += 1)}`);
  return { ...operator, cookie: await desk.cookieOf(operator) };
}

type Answer = { id: unknown; result?: unknown; error?: { data: { httpStatus: number; refusal: unknown } } };
const answers = ({ frames }: RawSocket) =>
  frames.filter((frame) => frame.startsWith('{')).map((frame) => JSON.parse(frame) as Answer);
const RATE_LIMITED = { code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) };
const counts = (id: unknown) => ({ id, method: 'query', params: { path: 'inbox.counts' } });
const follow = (id: unknown) => ({
  id,
  method: 'subscription',
  params: { path: 'inbox.follow', input: { view: 'all' } },
});

/** What a socket was answered, once it has been answered everything. */
async function asked(socket: RawSocket, calls: { id: unknown }[]): Promise<Answer[]> {
  socket.send(calls);
  await expect.poll(() => calls.every(({ id }) => answers(socket).some((one) => one.id === id)), WAIT).toBe(true);
  return answers(socket).filter((one) => calls.some(({ id }) => id === one.id));
}
const refusedIn = (all: Answer[]) => all.filter(({ error }) => error).map(({ error }) => error!.data.refusal);

const httpStatus = async ({ cookie }: { cookie: string }) =>
  (await fetch(`${desk.url}/trpc/inbox.counts`, { headers: { cookie } })).status;

describe('Limits (LM)', () => {
  it('[LM1] the call that is one too many is RATE_LIMITED, and tells when to ask again (A13)', async () => {
    const aoi = await somebody();

    for (const _call of upTo(MAX_CALLS)) await aoi.api.inbox.counts();

    await expect(aoi.api.inbox.counts()).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      cause: { refusal: RATE_LIMITED },
    });
  });

  it('[LM1] who waits as long as they were told may call again (A13)', async () => {
    const aoi = await somebody();
    const outcomes = await Promise.allSettled(upTo(MAX_CALLS + 1).map(() => aoi.api.inbox.counts()));
    const refused = outcomes.find((outcome) => outcome.status === 'rejected')!;

    desk.clockOffset.ms += refused.reason.cause.refusal.retryAfterMs;

    await expect(aoi.api.inbox.counts()).resolves.toBeTruthy();
  });

  it('[LM2] sockets, HTTP, streams and tabs of an operator are counted together; a colleague is counted alone (A13)', async () => {
    const [aoi, ken] = [await somebody(), await somebody()];
    const [one, other] = [await openRawSocket(desk, aoi.cookie), await openRawSocket(desk, aoi.cookie)];

    await asked(one, upTo(4).map(counts));
    await asked(other, upTo(2).map(follow));
    for (const _call of upTo(3)) expect(await httpStatus(aoi)).toBe(200);
    const stream = await openEventStream(desk, 'inbox.follow', { cookie: aoi.cookie, input: { view: 'all' } });
    await expect.poll(() => stream.data().length, WAIT).toBeGreaterThan(0);

    expect(await httpStatus(aoi)).toBe(429);
    expect(refusedIn(await asked(one, [counts('more')]))).toEqual([RATE_LIMITED]);
    expect(refusedIn(await asked(other, [follow('more')]))).toEqual([RATE_LIMITED]);
    expect(await httpStatus(ken)).toBe(200);
    stream.hangUp();
    for (const { ws } of [one, other]) ws.terminate();
  });

  it('[LM2] a new connection brings no new calls (A13)', async () => {
    const aoi = await somebody();
    const before = await openRawSocket(desk, aoi.cookie);
    await asked(before, upTo(MAX_CALLS).map(counts));
    before.ws.terminate();

    const after = await openRawSocket(desk, aoi.cookie);

    expect(refusedIn(await asked(after, [counts('more')]))).toEqual([RATE_LIMITED]);
    after.ws.terminate();
  });

  it('[LM2] calls are counted, not frames (A13)', async () => {
    const aoi = await somebody();
    const socket = await openRawSocket(desk, aoi.cookie);

    expect(refusedIn(await asked(socket, upTo(MAX_CALLS + 5).map(counts)))).toHaveLength(5);
    socket.ws.terminate();
  });

  it('[LM2] pings are no calls (A12)', async () => {
    const aoi = await somebody();
    const socket = await openRawSocket(desk, aoi.cookie);

    for (const _ping of upTo(10 * MAX_CALLS)) socket.send('PING');

    await expect.poll(() => socket.frames.filter((frame) => frame === 'PONG').length, WAIT).toBe(10 * MAX_CALLS);
    expect(await httpStatus(aoi)).toBe(200);
    socket.ws.terminate();
  });

  it('[LM3] who goes on calling however often they are refused is closed with 4429 (A13)', async () => {
    const aoi = await somebody();
    const socket = await openRawSocket(desk, aoi.cookie);

    for (const batch of upTo(10)) socket.send(upTo(MAX_CALLS).map((call) => counts(`${batch}.${call}`)));

    expect(await socket.closed).toBe(4429);
  });

  it('[SO7] whoever is closed and does not hang up is not heard any more, and hung up on: after a flood (A13)', async () => {
    const aoi = await somebody();
    let heard = 0;
    const calls: Limits['calls'] = (operatorId) => {
      heard += 1;
      return desk.deps.limits.calls(operatorId);
    };
    const url = await serve({ deps: { ...desk.deps, limits: { maxCalls: MAX_CALLS, calls } } });
    const socket = await openRawSocket({ url, publicUrl: desk.publicUrl }, aoi.cookie);
    await asked(socket, [follow(1)]);
    socket.ws.pause(); // the code is not read, and so not answered
    for (const batch of upTo(5)) socket.send(upTo(MAX_CALLS).map((call) => counts(`${batch}.${call}`)));
    await expect.poll(() => heard, WAIT).toBeGreaterThan(4 * MAX_CALLS);

    let sent = 0;
    await expect
      .poll(() => {
        socket.send(counts(`after ${(sent += 1)}`));
        return desk.deps.inbox.size;
      }, GONE_SOON)
      .toBe(0);

    expect([heard <= 1 + 5 * MAX_CALLS, sent > 5]).toEqual([true, true]);
    socket.ws.terminate();
  });

  it('[LM4] the twenty-first tab of an operator is closed with 4409, until another is closed (A13)', async () => {
    const aoi = await somebody();
    const tabs = await Promise.all(upTo(20).map(() => openRawSocket(desk, aoi.cookie)));

    expect(await (await openRawSocket(desk, aoi.cookie)).closed).toBe(4409);
    expect(tabs.every(({ ws }) => ws.readyState === ws.OPEN)).toBe(true);
    tabs[0]!.ws.close();
    await tabs[0]!.closed;

    const again = await openRawSocket(desk, aoi.cookie);
    expect(refusedIn(await asked(again, [counts(1)]))).toEqual([]);
    for (const { ws } of [...tabs, again]) ws.terminate();
  });

  it('[LM4] a tab too many that goes on sending, and nonsense at that, harms nobody (A13)', async () => {
    const aoi = await somebody();
    const tabs = await Promise.all(upTo(20).map(() => openRawSocket(desk, aoi.cookie)));
    const tooMany = await openRawSocket(desk, aoi.cookie);

    for (const _frame of upTo(5)) tooMany.ws.send(Buffer.alloc(70_000));

    expect([4409, 1006, 1009]).toContain(await tooMany.closed);
    expect(refusedIn(await asked(tabs[0]!, [counts(1)]))).toEqual([]);
    for (const { ws } of tabs) ws.terminate();
  });

  it('[LM4] the fifty-first stream of a socket is RATE_LIMITED, until another ends (A13)', async () => {
    const aoi = await somebody();
    const socket = await openRawSocket(generous, aoi.cookie);
    const unknown = { method: 'subscription', params: { path: 'room.follow', input: { conversationId: 'x' } } };
    await asked(
      socket,
      upTo(10).map((id) => ({ ...unknown, id: `ended ${id}` })),
    );
    for (const frame of upTo(5))
      await asked(
        socket,
        upTo(10).map((call) => follow(`${frame}.${call}`)),
      );

    expect(refusedIn(await asked(socket, [follow('more')]))).toEqual([RATE_LIMITED]);
    socket.send({ id: '1.1', method: 'subscription.stop' });
    await expect.poll(async () => refusedIn(await asked(socket, [follow(`again ${(number += 1)}`)])), WAIT).toEqual([]);

    socket.ws.terminate();
  });

  it('[LM4] the fifty-first stream of an operator over HTTP is RATE_LIMITED, until another ends; polls are not counted (A13)', async () => {
    const [{ cookie }, ken] = [await somebody(), await somebody()];
    const asked = { cookie, input: { view: 'all' } };
    const open = (more: Asked = {}) => openEventStream(generous, 'inbox.follow', { ...asked, ...more });
    for (const _ended of upTo(10)) await (await open({ poll: true })).ended;
    const streams = await Promise.all(upTo(50).map(() => open()));
    await expect.poll(() => streams.every((stream) => stream.data().length > 0), WAIT).toBe(true);

    const refused = await open();
    await refused.ended;
    expect(refused.said.at(-1)).toMatchObject({ name: 'serialized-error', data: { data: { refusal: RATE_LIMITED } } });
    const [polled, colleague] = [await open({ poll: true }), await open({ cookie: ken.cookie })];
    for (const stream of [polled, colleague]) await expect.poll(() => stream.data().length, WAIT).toBeGreaterThan(0);
    streams[0]!.hangUp();

    await expect
      .poll(async () => {
        const again = await open();
        streams.push(again);
        await expect.poll(() => again.said.length, WAIT).toBeGreaterThan(1);
        return again.said[1]!.name;
      }, WAIT)
      .toBeNull();
    for (const stream of [...streams, colleague]) stream.hangUp();
  });

  it('[LM5] an upgrade about which nobody can be asked is 503 after 5 s (A13)', async () => {
    const aoi = await somebody();
    const url = await serve({ auth: { ...desk.auth, identityOf: () => new Promise(() => {}) } });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

    const status = upgradeStatus({ url, publicUrl: desk.publicUrl }, { cookie: aoi.cookie });
    await expect.poll(() => vi.getTimerCount(), WAIT).toBeGreaterThan(0);
    vi.advanceTimersByTime(5_000);
    vi.useRealTimers();

    expect(await status).toBe(503);
  });

  it('[LM5] who comes when too many of their address are waiting is 429 (A13)', async () => {
    const aoi = await somebody();
    let isAsked = 0;
    let answer = () => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const identityOf = async (headers: Headers) => {
      isAsked += 1;
      await answered;
      return desk.auth.identityOf(headers);
    };
    const url = await serve({ auth: { ...desk.auth, identityOf }, crowd: { maxAsked: 2, maxWaiting: 3 } });
    const statuses = upTo(6).map(() => upgradeStatus({ url, publicUrl: desk.publicUrl }, { cookie: aoi.cookie }));

    expect(await Promise.race(statuses)).toBe(429);
    expect(isAsked).toBe(2);
    answer();

    const came = await Promise.all(statuses);
    expect(came.filter((status) => status === 429)).toHaveLength(1);
  });

  it('[LM6] an input that nests deeper than 32 is INVALID, over a socket and over HTTP, and costs nobody else (A13)', async () => {
    const aoi = await somebody();
    const deep = '['.repeat(33) + ']'.repeat(33);
    const socket = await openRawSocket(desk, aoi.cookie);
    const { cookie } = aoi;

    socket.send(`{"id":1,"method":"query","params":{"path":"inbox.list","input":${deep}}}`);
    await expect.poll(() => refusedIn(answers(socket)), WAIT).toEqual([{ code: 'INVALID', issues: [] }]);
    const queries = [`input=${deep}`, `input=${deep}&input=1`, `input=1&input=${deep}`, `x=1&%69nput=["%FF",${deep}]`];
    const all = [
      ...(await Promise.all(
        queries.map((query) => fetch(`${desk.url}/trpc/inbox.list?${query}`, { headers: { cookie } })),
      )),
      await fetch(`${desk.url}/trpc/room.claim`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: deep,
      }),
    ];

    for (const answer of all) {
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: { data: { refusal: { code: 'INVALID', issues: [] } } } });
    }
    expect(refusedIn(await asked(socket, [counts(2)]))).toEqual([]);
    socket.ws.terminate();
  });

  it('[LM7] a server takes ten thousand connections and no more (A13)', async () => {
    const server = await createServer({ ...servingDesk() });
    opened.push(server);

    expect(server.server.maxConnections).toBe(10_000);
  });
});

describe('Sockets (SO)', () => {
  it('[SO6] a socket that no longer answers is gone after a heartbeat and the time it has to answer (A12)', async () => {
    const aoi = await somebody();
    const url = await serve({ heartbeat: { everyMs: 200, answerWithinMs: 1_000 } });
    const [dead, alive] = [
      await openRawSocket({ url, publicUrl: desk.publicUrl }, aoi.cookie),
      await openRawSocket({ url, publicUrl: desk.publicUrl }, aoi.cookie),
    ];
    for (const { ws } of [dead, alive]) {
      ws.on('message', (frame: Buffer) => frame.toString() === 'PING' && ws.send('PONG'));
    }
    await asked(dead, [follow(1)]);
    expect(desk.deps.inbox.size).toBe(1);

    dead.ws.pause();

    await expect.poll(() => desk.deps.inbox.size, WAIT).toBe(0);
    expect(alive.ws.readyState).toBe(alive.ws.OPEN);
    for (const { ws } of [dead, alive]) ws.terminate();
  });
});

const servingDesk = (): ServerOptions => ({
  deps: desk.deps,
  auth: desk.auth,
  origins: new Set([desk.publicUrl]),
  adminDir: null,
  imageOrigins: [],
  isReady: async () => true,
});

/** Another server on the same desk, in some way different. */
async function serve(different: Partial<ServerOptions>): Promise<string> {
  const server = await createServer({ ...servingDesk(), ...different });
  opened.push(server);
  return server.listen({ port: 0, host: '127.0.0.1' });
}

import { once } from 'node:events';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { askAuth, mutate } from '../desk/answers.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { upgradeStatus } from '../desk/rawSocket.ts';
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

type Answer = { id: unknown; result?: { data?: unknown }; error?: { data: { refusal: unknown } } };

/** A socket of a page of elsewhere, which says who it is with its first message, if at all. */
async function dial(first?: unknown) {
  const ws = new WebSocket(`${desk.url.replace('http', 'ws')}/trpc?connectionParams=1`, {
    headers: { origin: 'http://elsewhere.test' },
  });
  const answers: Answer[] = [];
  ws.on('message', (frame: Buffer) => {
    const text = frame.toString('utf8');
    if (text.startsWith('{')) answers.push(JSON.parse(text) as Answer);
  });
  ws.on('error', () => undefined); // the close tells it
  const closed = once(ws, 'close').then(([code]) => code as number);
  await once(ws, 'open');
  const send = (what: unknown) => ws.send(typeof what === 'string' ? what : JSON.stringify(what));
  if (first !== undefined) send(first);
  let id = 0;
  const ask = async (path: string, input?: unknown, method = 'query'): Promise<unknown> => {
    const mine = (id += 1);
    send({ id: mine, method, params: { path, input } });
    const { result, error } = await vi.waitUntil(() => answers.find((one) => one.id === mine), WAIT);
    return error ? error.data.refusal : result?.data;
  };
  return { ws, closed, ask, send };
}

const withTicket = (ticket: string) => dial({ method: 'connectionParams', data: { ticket } });

type Issued = { ticket: string; expiresAt: string };
const ticketOf = async (whose = cookie) => (await mutate(desk, 'me.socketTicket', undefined, whose)) as Issued;

/** A ticket of which only so much is left. */
async function ticketWith(leftMs: number): Promise<string> {
  desk.clockOffset.ms = leftMs - 5 * 60_000;
  const { ticket } = await ticketOf();
  desk.clockOffset.ms = 0;
  return ticket;
}

describe('Socket tickets (TK)', () => {
  it('[TK1] a client without a cookie, also of another origin, comes in with a ticket of its sign-in', async () => {
    const { ticket } = await ticketOf();
    const socket = await withTicket(ticket);

    expect(await socket.ask('me.get')).toMatchObject({ operatorId: aoi.operatorId });
    socket.ws.terminate();
  });

  it('[TK1] without saying that a ticket comes, nobody comes in without a cookie', async () => {
    expect(await upgradeStatus(desk, {})).toBe(401);
    expect(await upgradeStatus(desk, { origin: 'http://elsewhere.test', cookie })).toBe(403);
  });

  it('[TK1] to a page of elsewhere its browser’s cookie opens nothing', async () => {
    const ws = new WebSocket(`${desk.url.replace('http', 'ws')}/trpc?connectionParams=1`, {
      headers: { origin: 'http://elsewhere.test', cookie },
    });
    await once(ws, 'open');
    ws.send(JSON.stringify({ method: 'connectionParams', data: {} }));

    expect((await once(ws, 'close'))[0]).toBe(4401);
  });

  it('[TK2] who does not say who they are within 5 s is closed with 4408', async () => {
    const socket = await dial();
    const began = performance.now();

    expect(await socket.closed).toBe(4408);
    expect(performance.now() - began).toBeLessThan(6_000);
  });

  it('[TK2] of one address twenty may wait to say who they are', async () => {
    const waiting = await Promise.all(upTo(20).map(() => dial()));

    expect(await (await dial()).closed).toBe(4409);
    for (const { ws } of waiting) ws.terminate();
    await Promise.all(waiting.map(({ closed }) => closed));
  });

  it.each<[string, () => unknown]>([
    ['none', () => undefined],
    ['no token', () => 'x.y.z'],
    ['very long', () => 'x'.repeat(60_000)],
    ['one that has run out', () => ticketWith(-1_000)],
    ['one whose signature is changed', async () => (await ticketOf()).ticket.slice(0, -4) + 'AAAA'],
    ['one that is not signed', async () => unsigned((await ticketOf()).ticket)],
    ['one of another key', () => forged({ key: 'another key, thirty-two bytes long' })],
    ['one for another audience', () => forged({ audience: 'elsewhere' })],
    ['one without an end', () => forged({ hasEnd: false })],
  ])('[TK3] a ticket that is %s opens nothing: 4401', async (_what, make) => {
    const socket = await dial({ method: 'connectionParams', data: { ticket: await make() } });

    expect(await socket.closed).toBe(4401);
  });

  it.each([1, [], { $ne: null }])('[TK3] a ticket that is %o is no text: the socket is closed', async (ticket) => {
    const socket = await dial({ method: 'connectionParams', data: { ticket } });

    expect(await socket.closed).toBe(1005);
  });

  it('[TK3] first messages that are nothing harm nobody', async () => {
    for (const first of [
      '',
      '{',
      'null',
      '[]',
      '{"method":"connectionParams"}',
      '{"method":"connectionParams","data":[1]}',
      '{"method":"connectionParams","data":"x"}',
      '{"id":1,"method":"query","params":{"path":"me.get"}}',
    ]) {
      const socket = await dial(first);
      await Promise.race([socket.closed, new Promise((resolve) => socket.ws.once('message', resolve))]);
      socket.ws.terminate();
    }
    expect((await fetch(`${desk.url}/healthz`)).status).toBe(200);
  });

  it('[TK4] a ticket opens nothing any more once its sign-in has ended, and its open sockets are closed', async () => {
    const own = await desk.signIn(aoi);
    const { ticket } = await ticketOf(own);
    const socket = await withTicket(ticket);
    await socket.ask('me.get');

    await askAuth(desk, 'sign-out', { cookie: own });

    expect(await socket.closed).toBe(4401);
    expect(await (await withTicket(ticket)).closed).toBe(4401);
  });

  it('[TK5] past its ticket a socket is refused, and closed 5 s later with 4401', async () => {
    const socket = await withTicket(await ticketWith(1_500));
    await socket.ask('me.get');

    await vi.waitFor(async () => expect(await socket.ask('me.get')).toEqual({ code: 'SIGNED_OUT' }), WAIT);

    expect(await socket.closed).toBe(4401);
  });

  it('[TK5] a newer ticket of the same sign-in keeps the socket open, and no other does', async () => {
    const socket = await withTicket(await ticketWith(1_500));
    await socket.ask('me.get');
    const renew = (ticket: string) => socket.ask('me.renewTicket', { ticket }, 'mutation');
    const other = await ticketOf(await desk.signIn(aoi));
    await vi.waitFor(async () => expect(await socket.ask('me.get')).toEqual({ code: 'SIGNED_OUT' }), WAIT);

    expect(await renew(other.ticket)).toEqual({ code: 'NOT_ALLOWED' });
    expect(await renew('x')).toEqual({ code: 'NOT_ALLOWED' });
    const { ticket, expiresAt } = await ticketOf();
    expect(await renew(ticket)).toEqual({ expiresAt });

    expect(await socket.ask('me.get')).toMatchObject({ operatorId: aoi.operatorId });
    socket.ws.terminate();
  });

  it('[TK6] who did not sign in gets no ticket', async () => {
    expect(await mutate(desk, 'me.socketTicket', undefined)).toEqual({ code: 'NOT_SIGNED_IN' });
    await expect(aoi.api.me.socketTicket()).rejects.toThrow('NOT_ALLOWED');
  });
});

const part = (what: object) => Buffer.from(JSON.stringify(what)).toString('base64url');

const unsigned = (ticket: string) => `${part({ alg: 'none', typ: 'sala-ticket+jwt' })}.${ticket.split('.')[1]}.`;

function forged({ key = 'a key for tests, thirty-two bytes long', audience = 'sala-socket', hasEnd = true }) {
  const ticket = new SignJWT({ sid: 'x' })
    .setProtectedHeader({ alg: 'HS256', typ: 'sala-ticket+jwt' })
    .setIssuer('sala')
    .setAudience(audience)
    .setSubject(aoi.operatorId);
  return (hasEnd ? ticket.setExpirationTime('5m') : ticket).sign(Buffer.from(key));
}

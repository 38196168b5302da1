import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuth } from '../../src/auth/auth.ts';
import { ADDRESS_HEADER } from '../../src/auth/signInGate.ts';
import { ensureFirstAdmin } from '../../src/auth/people.ts';
import { createCaller } from '../../src/trpc/appRouter.ts';
import { createContext } from '../../src/trpc/context.ts';
import { cookiesOf } from '../desk/answers.ts';
import { CHANNEL, openDesk, PASSWORD, type TestDesk, type TestOperator } from '../desk/desk.ts';
import { upgradeStatus } from '../desk/rawSocket.ts';
import { refusalOf, upTo } from '../desk/rooms.ts';

let desk: TestDesk;
let aoi: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  aoi = await desk.operator('Aoi');
});
afterAll(() => desk.close());

type Sent = { body?: object; cookie?: string; origin?: string | null; method?: string };

const auth = (path: string, { body, cookie, origin = desk.publicUrl, method = 'POST' }: Sent = {}) =>
  fetch(`${desk.url}/api/auth/${path}`, {
    method,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(origin && { origin }),
      ...(cookie && { cookie }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });

const signIn = (email: string, password: string, sent: Sent = {}) =>
  auth('sign-in/email', { ...sent, body: { email, password } });

/** What `me.get` answers to this cookie, over HTTP. */
const meStatus = async (cookie: string) => (await fetch(`${desk.url}/trpc/me.get`, { headers: { cookie } })).status;

describe('Sign-in (SI)', () => {
  it('[SI1] the right password sets a cookie that scripts cannot read and other sites cannot send', async () => {
    const answer = await signIn(aoi.email, PASSWORD);

    const [cookie, known, ...others] = answer.headers.getSetCookie();
    expect(answer.status).toBe(200);
    expect([known, others]).toEqual([expect.stringMatching(/^sala-known=/), []]);
    expect(cookie).toMatch(/^sala=[^;]+\.[^;]+; /);
    expect(cookie!.split('; ').slice(1)).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Lax']));
  });

  it('[SI1] over https the cookie is Secure, and bound to the host by its name', async () => {
    const publicUrl = 'https://desk.test';
    const https = createAuth({
      ...desk.deps,
      secretKey: 'a key for tests, thirty-two bytes long',
      publicUrl,
      trustedOrigins: [publicUrl],
    });
    const request = new Request(`${publicUrl}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: publicUrl },
      body: JSON.stringify({ email: aoi.email, password: PASSWORD }),
    });

    const [cookie] = (await https.handle(request)).headers.getSetCookie();

    expect(cookie).toMatch(/^__Host-sala=/);
    expect(cookie!.split('; ')).toEqual(expect.arrayContaining(['Secure', 'Path=/', 'HttpOnly']));
    expect(cookie).not.toMatch(/domain=/i);
  });

  it('[SI1] the email may be written in any case', async () => {
    expect((await signIn(aoi.email.toUpperCase(), PASSWORD)).status).toBe(200);
  });

  it('[SI2] a wrong password and an unknown email get the same answer', async () => {
    const [wrong, unknown] = [await signIn(aoi.email, 'not the password'), await signIn('nobody@desk.test', PASSWORD)];

    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await unknown.text()).toBe(await wrong.text());
    expect([...wrong.headers.getSetCookie(), ...unknown.headers.getSetCookie()]).toEqual([]);
  });

  it('[SI3] who signs out is out, also with a copy of the cookie, over HTTP and sockets', async () => {
    const cookie = await desk.signIn(aoi);
    expect(await meStatus(cookie)).toBe(200);

    await auth('sign-out', { body: {}, cookie });

    expect([await meStatus(cookie), await upgradeStatus(desk, { cookie })]).toEqual([401, 401]);
  });

  it('[SI3] signing out in one browser leaves the other in', async () => {
    const [here, there] = [await desk.signIn(aoi), await desk.signIn(aoi)];

    await auth('sign-out', { body: {}, cookie: here });

    expect(await meStatus(there)).toBe(200);
  });

  it('[SI5] nobody signs up', async () => {
    const answer = await auth('sign-up/email', { body: { email: 'new@desk.test', password: PASSWORD, name: 'New' } });

    expect(answer.ok).toBe(false);
    expect(await desk.deps.db.prisma.operator.count({ where: { email: 'new@desk.test' } })).toBe(0);
  });

  it('[SI5] nobody changes their own role', async () => {
    const cookie = await desk.signIn(aoi);

    await auth('update-user', { body: { name: 'Aoi', role: 'admin' }, cookie });

    const { role } = await desk.deps.db.prisma.operator.findUniqueOrThrow({ where: { id: aoi.operatorId } });
    expect(role).toBe('operator');
  });

  it.each(['update-user', 'change-password', 'revoke-sessions', 'list-sessions', 'ok', 'error'])(
    '[SI9] the sign-in library’s %s is not there',
    async (path) => {
      const cookie = await desk.cookieOf(aoi);

      const [asked, changed] = await Promise.all([
        auth(path, { method: 'GET', cookie }),
        auth(path, { body: { name: 'x'.repeat(200) }, cookie }),
      ]);

      expect([asked.status, changed.status]).toEqual([404, 404]);
    },
  );

  it('[SI9] a request that calls its host by no name is answered like any other', async () => {
    const { hostname, port } = new URL(desk.url);
    const status = await new Promise((resolve, reject) =>
      get({ hostname, port, path: '/api/auth/get-session', headers: { host: '[' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).on('error', reject),
    );

    expect(status).toBe(200);
  });

  it.each(['http://evil.test', 'null'])('[SI6] a sign-in from a page of %s is 403', async (origin) => {
    const answer = await signIn(aoi.email, PASSWORD, { origin });

    expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
  });

  it('[SI6] a call from a page of another origin is 403, even with the cookie', async () => {
    const cookie = await desk.signIn(aoi);

    const answer = await fetch(`${desk.url}/trpc/me.changeSettings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://evil.test', cookie },
      body: '{"theme":"dark"}',
    });

    expect(answer.status).toBe(403);
  });

  it('[SI7] passwords are kept as argon2id', async () => {
    const { password } = await desk.deps.db.prisma.credential.findFirstOrThrow({ where: { userId: aoi.operatorId } });

    expect(password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it("[CH7] a channel's secret and token are kept sealed", async () => {
    const { secret, accessToken } = await desk.deps.db.prisma.channel.findFirstOrThrow({ where: { id: CHANNEL.id } });

    expect([secret, accessToken].map((text) => text.slice(0, 3))).toEqual(['v1.', 'v1.']);
    expect(secret + accessToken).not.toMatch(new RegExp(`${CHANNEL.secret}|${CHANNEL.accessToken}`));
  });

  it('[SI8] a sign-in that has run out is nobody', async () => {
    const cookie = await desk.signIn(aoi);
    const { id } = await desk.deps.db.prisma.signIn.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });

    await desk.deps.db.prisma.signIn.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });

    expect(await meStatus(cookie)).toBe(401);
  });

  it('[SI8] work over HTTP renews the sign-in, and the cookie with it', async () => {
    const cookie = await desk.signIn(aoi);
    const { id } = await desk.deps.db.prisma.signIn.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    const left = (ms: number) => new Date(Date.now() + ms);
    await desk.deps.db.prisma.signIn.update({ where: { id }, data: { expiresAt: left(3_600_000) } });

    const answer = await fetch(`${desk.url}/trpc/me.get`, { headers: { cookie } });
    const again = await fetch(`${desk.url}/trpc/me.get`, { headers: { cookie } });

    const { expiresAt } = await desk.deps.db.prisma.signIn.findUniqueOrThrow({ where: { id } });
    expect(expiresAt.getTime()).toBeGreaterThan(left(11 * 3_600_000).getTime());
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^sala=.*HttpOnly/)]);
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  it('[ST5] the first admin is made when there is none, and only then', async () => {
    const admin = { email: 'First@desk.test', password: PASSWORD };

    const made = [await ensureFirstAdmin(desk.deps, admin), await ensureFirstAdmin(desk.deps, admin)];

    expect(made).toEqual([true, false]);
    expect((await signIn('first@desk.test', PASSWORD)).status).toBe(200);
  });

  it('[SI4] after twenty tries in a minute from one address the answer is 429, and another address may still try', async () => {
    const statuses = [];
    for (const _try of upTo(21)) statuses.push(await triedFrom('203.0.113.9'));

    expect(statuses).toEqual([...upTo(20).map(() => 401), 429]);
    expect(await triedFrom('203.0.113.10')).toBe(401);
  });

  it('[SI4] nobody chooses the address they are counted under', async () => {
    // Tries of the tests before this one count, too.
    const statuses = [];
    for (const index of upTo(21)) statuses.push(await triedOverHttp(`198.51.100.${index}`));

    expect(statuses.at(-1)).toBe(429);
  });

  it('[SI11] ten wrong passwords for one account from one place are answered 429 there, with Retry-After, and not elsewhere', async () => {
    const ken = await desk.operator('Ken');
    const statuses = [];
    for (const _try of upTo(11)) statuses.push(await triedFrom('203.0.113.20', ken.email));

    expect(statuses).toEqual([...upTo(10).map(() => 401), 429]);
    expect(await triedFrom('203.0.113.21', ken.email)).toBe(401);
    const { status, headers } = await answerFrom('203.0.113.20', ken.email, PASSWORD);
    expect([status, Number(headers.get('retry-after'))]).toEqual([
      429,
      expect.toSatisfy((after) => after > 800 && after <= 900),
    ]);
  });

  it('[SI11] however many places guess at an account, its owner comes in where they have been before', async () => {
    const mina = await desk.operator('Mina');
    const known = cookiesOf(await answerFrom('203.0.113.30', mina.email, PASSWORD));
    const statuses = [];
    for (const index of upTo(101)) statuses.push(await triedFrom(`192.0.2.${index}`, mina.email));

    expect(statuses.at(-1)).toBe(429);
    expect((await answerFrom('203.0.113.31', mina.email, PASSWORD)).status).toBe(429);
    expect((await answerFrom('203.0.113.30', mina.email, PASSWORD, known)).status).toBe(200);
    expect((await answerFrom('203.0.113.30', mina.email, PASSWORD, 'sala-known=made.up')).status).toBe(429);
  });

  it('[SI11] who is right is not counted', async () => {
    const statuses = [];
    for (const _try of upTo(21)) statuses.push((await answerFrom('203.0.113.40', aoi.email, PASSWORD)).status);

    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('[SI12] calls of whoever is not known are counted by address: sixty a minute', async () => {
    const caller = createCaller(createContext(desk.deps, null, { address: '203.0.113.50' }));
    for (const _call of upTo(60)) await caller.account.welcome();

    expect(await refusalOf(caller.account.welcome())).toMatchObject({ code: 'RATE_LIMITED' });
  });
});

let guesses = 0;
const wrong = (email = `guess${(guesses += 1)}@desk.test`) => JSON.stringify({ email, password: 'a wrong guess' });

/** A try as the server hands it to the sign-in, from this address. */
async function triedFrom(address: string, email?: string, cookie?: string): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    origin: desk.publicUrl,
    [ADDRESS_HEADER]: address,
    ...(cookie && { cookie }),
  };
  const request = new Request(`${desk.publicUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers,
    body: wrong(email),
  });
  return (await desk.auth.handle(request)).status;
}

/** A sign-in as the server hands it on, from this address. */
function answerFrom(address: string, email: string, password: string, cookie?: string): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    origin: desk.publicUrl,
    [ADDRESS_HEADER]: address,
    ...(cookie && { cookie }),
  };
  const body = JSON.stringify({ email, password });
  return desk.auth.handle(new Request(`${desk.publicUrl}/api/auth/sign-in/email`, { method: 'POST', headers, body }));
}

async function triedOverHttp(pretended: string): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    origin: desk.publicUrl,
    [ADDRESS_HEADER]: pretended,
    'x-forwarded-for': pretended,
  };
  return (await fetch(`${desk.url}/api/auth/sign-in/email`, { method: 'POST', headers, body: wrong() })).status;
}

import { type AddKey, CloseCode, type Scope } from '@sala/contracts';
import { createTRPCClient, httpLink } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { AppRouter } from '../../src/trpc/appRouter.ts';
import { openDesk, PASSWORD, type TestDesk, type TestOperator } from '../desk/desk.ts';
import { openKeySocket, upgradeStatusWith } from '../desk/keys.ts';
import { newTeam, teamRoom } from '../desk/teams.ts';

let desk: TestDesk;
let admin: TestOperator;
let aoi: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped', attendance: 'own' });
  admin = await desk.operator('Nok', 'admin');
  aoi = await desk.operator('Aoi');
});
afterAll(() => desk.close());

const DAY_MS = 24 * 3_600_000;
const wish = (more: Partial<AddKey> = {}): AddKey => ({
  name: 'for a test',
  scopes: ['read', 'write'],
  days: 1,
  ...more,
});

/** The desk as a program with this key has it. */
const withKey = (key: string, headers: Record<string, string> = {}) =>
  createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${desk.url}/trpc`, headers: { 'x-api-key': key, ...headers } })],
  });

const refused = (code: string) => ({ data: expect.objectContaining({ refusal: { code } }) });

describe('Keys (KY)', () => {
  it('[KY1] a key acts as its operator, and needs no origin', async () => {
    const { key, secret } = await aoi.api.keys.add(wish());

    expect(await withKey(secret).me.get.query()).toMatchObject({ operatorId: aoi.operatorId, role: 'operator' });
    expect(key).toMatchObject({ operatorId: aoi.operatorId, scopes: ['read', 'write'], usedAt: null });
  });

  it('[KY1] a key counts alone: the cookie beside one that is none is not looked at', async () => {
    const cookie = await desk.cookieOf(aoi);

    await expect(withKey('garbage', { cookie }).me.get.query()).rejects.toMatchObject(refused('NOT_SIGNED_IN'));
  });

  it('[KY2] only a digest of the secret is kept, and it is told once', async () => {
    const { key, secret } = await aoi.api.keys.add(wish());

    const { rows } = await desk.deps.db.pool.query('select k::text as text from "ApiKey" k where id = $1', [key.keyId]);
    expect(secret).toMatch(/^sala_[\w-]{43}$/);
    expect(rows[0].text).not.toContain(secret.slice(12));
    expect(JSON.stringify(await aoi.api.keys.list())).not.toContain(secret.slice(12));
    expect(secret.startsWith(key.prefix)).toBe(true);
  });

  it.each(['', 'garbage', 'sala_', `sala_${'A'.repeat(43)}`, 'A'.repeat(8_000), "' or 1=1 --"])(
    '[KY3] what is no key is NOT_SIGNED_IN over HTTP, and 401 to a socket: %s',
    async (text) => {
      await expect(withKey(text).me.get.query()).rejects.toMatchObject(refused('NOT_SIGNED_IN'));
      expect(await upgradeStatusWith(desk, { 'x-api-key': text })).toBe(401);
    },
  );

  it('[KY3] a key is not taken out of an address, and not out of another header', async () => {
    const { secret } = await aoi.api.keys.add(wish());

    const asked = await fetch(`${desk.url}/trpc/me.get?x-api-key=${secret}&key=${secret}&api_key=${secret}`);
    const bearer = await fetch(`${desk.url}/trpc/me.get`, { headers: { authorization: `Bearer ${secret}` } });
    expect([asked.status, bearer.status]).toEqual([401, 401]);
    expect(await upgradeStatusWith(desk, {}, `/trpc?x-api-key=${secret}`)).toBe(401);
  });

  it('[KY4] an expired key is none: at the next call, and within a minute on an open socket', async () => {
    const { secret } = await aoi.api.keys.add(wish());
    const socket = await openKeySocket(desk, secret);
    desk.clockOffset.ms = DAY_MS + 1_000;
    await expect(withKey(secret).me.get.query()).rejects.toMatchObject(refused('NOT_SIGNED_IN'));
    // The look of every minute, sooner.
    desk.deps.bus.doubt();

    expect(await socket.closed).toBe(CloseCode.signInAgain);
    desk.clockOffset.ms = 0;
  });

  it('[KY5] a key that is removed ends at once: calls are refused, open sockets are closed', async () => {
    const { key, secret } = await aoi.api.keys.add(wish());
    const other = await aoi.api.keys.add(wish());
    const [socket, stays] = [await openKeySocket(desk, secret), await openKeySocket(desk, other.secret)];

    await aoi.api.keys.remove({ keyId: key.keyId });

    expect(await socket.closed).toBe(CloseCode.signInAgain);
    await expect(withKey(secret).me.get.query()).rejects.toMatchObject(refused('NOT_SIGNED_IN'));
    expect(stays.ws.readyState).toBe(WebSocket.OPEN);
    expect(await withKey(other.secret).me.get.query()).toMatchObject({ operatorId: aoi.operatorId });
    stays.ws.terminate();
  });

  it('[KY5] the keys of somebody who is banned are none', async () => {
    const ken = await desk.operator('Ken');
    const { secret } = await ken.api.keys.add(wish());
    const socket = await openKeySocket(desk, secret);

    await desk.deps.db.prisma.operator.update({ where: { id: ken.operatorId }, data: { banned: true } });
    desk.deps.revocation.ended({ operatorId: ken.operatorId });

    expect(await socket.closed).toBe(CloseCode.revoked);
    await expect(withKey(secret).me.get.query()).rejects.toMatchObject(refused('NOT_SIGNED_IN'));
  });

  it.each<[Scope, string[]]>([
    ['read', ['read']],
    ['write', ['write']],
    ['manage', ['manage']],
    ['audit', ['audit']],
  ])('[KY6] a key with the scope %s calls what that scope opens, and nothing else', async (scope, opens) => {
    const { secret } = await admin.api.keys.add(wish({ scopes: [scope] }));
    const desk_ = withKey(secret);
    const calls = {
      read: () => desk_.inbox.counts.query(),
      write: () => desk_.presence.set.mutate({ availability: 'online' }),
      manage: () => desk_.channels.list.query(),
      audit: () => desk_.audit.list.query({}),
    };

    const answers = await Promise.allSettled(Object.values(calls).map((call) => call()));

    const open = Object.keys(calls).filter((_, index) => answers[index]!.status === 'fulfilled');
    expect(open).toEqual(opens);
    expect(answers.filter(({ status }) => status === 'rejected')).toEqual(
      Array.from({ length: 3 }, () => ({
        status: 'rejected',
        reason: expect.objectContaining(refused('NOT_ALLOWED')),
      })),
    );
  });

  it('[KY7] no key, whatever its scopes, makes or lists keys, or changes an account of its own', async () => {
    const { secret } = await admin.api.keys.add(wish({ scopes: ['read', 'write', 'manage', 'audit'] }));
    const program = withKey(secret);

    for (const call of [
      () => program.keys.list.query(),
      () => program.keys.add.mutate(wish()),
      () => program.keys.remove.mutate({ keyId: 'any' }),
      () => program.operators.add.mutate({ name: 'E', email: 'e@desk.test', password: PASSWORD, role: 'admin' }),
      () => program.me.changeSettings.mutate({ theme: 'dark' }),
    ])
      await expect(call()).rejects.toMatchObject(refused('NOT_ALLOWED'));
  });

  it('[KY8] a program has no rooms: it acts without one, and may no more than its operator', async () => {
    const { conversationId } = await desk.waiting();
    const { secret } = await aoi.api.keys.add(wish());
    const program = withKey(secret);

    expect(await program.room.claim.mutate({ conversationId })).toMatchObject({
      session: { status: 'ACTIVE', operatorId: aoi.operatorId },
    });
    await expect(program.channels.list.query()).rejects.toMatchObject(refused('NOT_ALLOWED'));
    await expect(program.room.claim.mutate({ conversationId: 'unknown' })).rejects.toMatchObject(refused('NOT_FOUND'));
  });

  it('[KY8] what its operator does not see does not exist for a key, either', async () => {
    const room = await teamRoom(desk, await newTeam(desk, 'Sales'));
    const { secret } = await aoi.api.keys.add(wish());
    const program = withKey(secret);

    for (const call of [
      () => program.room.get.query(room),
      () => program.room.claim.mutate(room),
      () => program.room.close.mutate(room),
      () => program.room.assignTeam.mutate({ ...room, teamId: null }),
    ])
      await expect(call()).rejects.toMatchObject(refused('NOT_FOUND'));
  });

  it("[KY9] everybody sees and removes their own keys; an admin everybody's; for others they are unknown", async () => {
    const mei = await desk.operator('Mei');
    const { key } = await mei.api.keys.add(wish({ name: 'of Mei' }));

    expect((await mei.api.keys.list()).map(({ keyId }) => keyId)).toEqual([key.keyId]);
    expect((await admin.api.keys.list()).map(({ keyId }) => keyId)).toContain(key.keyId);
    await expect(aoi.api.keys.remove({ keyId: key.keyId })).rejects.toMatchObject({
      cause: { refusal: { code: 'NOT_FOUND' } },
    });
    await admin.api.keys.remove({ keyId: key.keyId });
    expect(await mei.api.keys.list()).toEqual([]);
  });

  it('[KY10] an admin gives a service account keys; nobody makes a key that acts as another person', async () => {
    const service = await admin.api.operators.addService({ name: 'Night bot', role: 'operator' });
    const { secret } = await admin.api.keys.add(wish({ operatorId: service.operatorId }));

    expect(await withKey(secret).me.get.query()).toMatchObject({ operatorId: service.operatorId, name: 'Night bot' });
    const refusal = (code: string) => ({ cause: { refusal: { code } } });
    await expect(admin.api.keys.add(wish({ operatorId: aoi.operatorId }))).rejects.toMatchObject(refusal('NOT_FOUND'));
    await expect(aoi.api.keys.add(wish({ operatorId: service.operatorId }))).rejects.toMatchObject(
      refusal('NOT_ALLOWED'),
    );
    await expect(aoi.api.operators.addService({ name: 'No', role: 'operator' })).rejects.toMatchObject(
      refusal('NOT_ALLOWED'),
    );
  });

  it('[KY10] nobody signs in as a service account', async () => {
    const { operatorId } = await admin.api.operators.addService({ name: 'Day bot', role: 'operator' });
    const { email } = await desk.deps.db.prisma.operator.findUniqueOrThrow({ where: { id: operatorId } });

    await expect(desk.signIn({ email })).rejects.toThrow('401');
  });

  it('[KY11] when a key was last used is written down, at most once a minute', async () => {
    const { key, secret } = await aoi.api.keys.add(wish());
    const usedAt = async () => (await aoi.api.keys.list()).find(({ keyId }) => keyId === key.keyId)!.usedAt;
    const use = async () => {
      await withKey(secret).me.get.query();
      return usedAt();
    };

    const first = await use();
    expect(first).not.toBeNull();
    expect(await use()).toBe(first);
    desk.clockOffset.ms = 61_000;
    expect(await use()).not.toBe(first);
    desk.clockOffset.ms = 0;
  });

  it('[KY12] the scope audit is given only by who may read the log, and ends with that right', async () => {
    const jun = await desk.operator('Jun', 'admin');
    const { secret } = await jun.api.keys.add(wish({ scopes: ['audit', 'read'] }));
    expect(await withKey(secret).audit.list.query({})).toHaveProperty('entries');

    await desk.deps.db.prisma.operator.update({ where: { id: jun.operatorId }, data: { role: 'operator' } });

    await expect(withKey(secret).audit.list.query({})).rejects.toMatchObject(refused('NOT_ALLOWED'));
    await expect(aoi.api.keys.add(wish({ scopes: ['audit'] }))).rejects.toMatchObject({
      cause: { refusal: { code: 'NOT_ALLOWED' } },
    });
  });

  it('[KY13] nobody has more than fifty keys', async () => {
    const ann = await desk.operator('Ann');
    for (let made = 0; made < 50; made += 1) await ann.api.keys.add(wish());

    await expect(ann.api.keys.add(wish())).rejects.toMatchObject({ cause: { refusal: { code: 'INVALID' } } });
  });

  it('[KY15] a page of another origin is refused, with a key or a cookie', async () => {
    const { secret } = await aoi.api.keys.add(wish());
    const origin = 'https://evil.test';

    const byKey = await fetch(`${desk.url}/trpc/me.get`, { headers: { 'x-api-key': secret, origin } });
    const byCookie = await fetch(`${desk.url}/trpc/me.get`, { headers: { cookie: await desk.cookieOf(aoi), origin } });
    expect([byKey.status, byCookie.status]).toEqual([403, 403]);
    expect(await upgradeStatusWith(desk, { 'x-api-key': secret, origin })).toBe(403);
  });
});

describe('Keys (KY), limits', () => {
  let small: TestDesk;
  beforeAll(async () => {
    small = await openDesk({ jobs: 'stopped', maxCalls: 5 });
  });
  afterAll(() => small.close());

  it('[KY14] a key has as much to spend as an operator, and takes nothing of theirs', async () => {
    const tan = await small.operator('Tan');
    const { secret } = await tan.api.keys.add(wish());
    const call = () =>
      fetch(`${small.url}/trpc/me.get`, { headers: { 'x-api-key': secret } }).then(({ status }) => status);

    const answers = [];
    for (let calls = 0; calls < 6; calls += 1) answers.push(await call());

    expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
    expect(await tan.api.me.get()).toMatchObject({ name: 'Tan' });
  });
});

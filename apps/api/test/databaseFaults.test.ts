import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type ConversationId, RefusalError } from '@sala/contracts';
import { configOf, type Database, openDatabase } from '@sala/db';
import { TRPCClientError } from '@trpc/client';
import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAuth } from '../src/auth/auth.ts';
import { asIdentity } from '../src/auth/identity.ts';
import { createSeal } from '../src/channels/seal.ts';
import { createDesk } from '../src/desk.ts';
import { createCaller } from '../src/trpc/appRouter.ts';
import { createContext } from '../src/trpc/context.ts';
import { createServer } from '../src/server.ts';
import type { TestClient } from './desk/connect.ts';
import { openDesk, PASSWORD, SECRET_KEY, type TestDesk, type TestOperator, WAIT } from './desk/desk.ts';
import { follow } from './desk/following.ts';
import { message, newRoom, said, seqsOf, textsOf, upTo } from './desk/rooms.ts';
import { upgradeStatus } from './desk/rawSocket.ts';
import { isOnPostgres } from './desk/testDatabase.ts';
import { ingested, newUserId, post, textEvent } from './desk/webhook.ts';

/** Limits that a test can wait for. */
const SOON = { connectMs: 300, statementMs: 400, answerMs: 800 };

/** What a person may wait for a typed answer. */
const ANSWERED_WITHIN_MS = 5_000;

/** pino's number for a warning. */
const WARN = 40;

describe.skipIf(!isOnPostgres)('Database away (DB)', () => {
  const records: object[] = [];
  const log = pino({ level: 'warn' }, { write: (line) => void records.push(JSON.parse(line) as object) });
  let desk: TestDesk;
  let aoi: TestOperator;
  let client: TestClient;
  let admin: pg.Client;
  const roles: string[] = [];
  const opened: { close: () => Promise<unknown> }[] = [];
  beforeAll(async () => {
    // The sign-in library tells the terminal, too.
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    desk = await openDesk({ jobs: 'stopped' });
    aoi = await desk.operator('Aoi');
    client = await desk.connect(aoi);
    admin = new pg.Client(desk.deps.db.config);
    await admin.connect();
  });
  afterAll(async () => {
    client.close();
    for (const one of opened.toReversed()) await one.close();
    for (const role of roles) await admin.query(`drop role ${role}`);
    await admin.end();
    await desk.close();
  });

  /** Ends every connection of the desk, whatever it is in the middle of. */
  const endConnections = () =>
    admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );

  /** As above, until the pool has noticed: it would give an ended connection to whoever asks next. */
  async function endConnectionsForGood() {
    const { pool } = desk.deps.db;
    let left = pool.totalCount;
    const count = () => (left -= 1);
    pool.on('remove', count);
    await endConnections();
    await expect.poll(() => left, WAIT).toBeLessThanOrEqual(0);
    pool.off('remove', count);
  }

  /** A room that Aoi holds, and has open. */
  async function heldByAoi() {
    const { conversationId } = await newRoom(desk, [said('hello')]);
    const room = follow(client, conversationId);
    await expect.poll(room.starts, WAIT).toBe(1);
    await expect.poll(room.seqs, WAIT).toEqual([1]);
    await client.api.room.claim.mutate({ conversationId });
    return { conversationId, room };
  }

  const send = (conversationId: ConversationId, one: ReturnType<typeof message>) =>
    client.api.room.send.mutate({ conversationId, ...one }).then(
      () => 'ok' as const,
      (error: unknown) => (error instanceof TRPCClientError ? (error.data?.refusal?.code ?? error.message) : error),
    );

  /** Asks again, under the same id, until it is done; answers everything it heard. */
  async function sendUntilDone(conversationId: ConversationId, one: ReturnType<typeof message>): Promise<unknown[]> {
    const heard: unknown[] = [];
    while (heard.at(-1) !== 'ok' && heard.length < 200) {
      heard.push(await send(conversationId, one));
      if (heard.at(-1) !== 'ok') await pause(10);
    }
    return heard;
  }

  /** Another server's database and desk: `role` limits its connections, `within` its patience. */
  function anotherDatabase({ user, max = 4 }: { user?: string; max?: number } = {}): Database {
    const url = new URL(desk.deps.db.config.connectionString!);
    if (user) [url.username, url.password] = [user, PASSWORD];
    const db = openDatabase(configOf(url.href), { max, namesStatements: true, onError: () => undefined, within: SOON });
    opened.push(db);
    return db;
  }
  const callerOn = (db: Database) => {
    const deps = createDesk({ ...desk.deps, db, log }, createSeal(SECRET_KEY));
    opened.push({ close: async () => deps[Symbol.dispose]() });
    return { deps, api: createCaller(createContext(deps, asIdentity(aoi))) };
  };
  /** A server on that database. */
  async function serve(db: Database): Promise<string> {
    const { publicUrl } = desk;
    const server = await createServer({
      deps: callerOn(db).deps,
      auth: createAuth({ ...desk.deps, db, log, secretKey: SECRET_KEY, publicUrl, trustedOrigins: [publicUrl] }),
      origins: new Set([publicUrl]),
      adminDir: null,
      imageOrigins: [],
      isReady: async () => true,
    });
    opened.push(server);
    return server.listen({ port: 0, host: '127.0.0.1' });
  }
  /** Somebody whom PostgreSQL allows only so many connections; not a superuser, whom it never stops. */
  async function roleWith({ connections }: { connections: number }): Promise<string> {
    const role = `desk_${randomUUID().slice(0, 8)}`;
    await admin.query(
      `create role ${role} login password '${PASSWORD}' connection limit ${connections} in role ${admin.user}`,
    );
    roles.push(role);
    return role;
  }
  const UNAVAILABLE = { cause: new RefusalError({ code: 'UNAVAILABLE', retryAfterMs: 1_000 }) };

  it('[DB2] messages sent while every connection breaks again and again are answered or UNAVAILABLE; asked again, each is stored once (B9)', async () => {
    const { conversationId, room } = await heldByAoi();
    const messages = upTo(50).map((number) => message(`message ${number}`));
    const enough = AbortSignal.timeout(1_500);
    const breaking = (async () => {
      while (!enough.aborted) {
        await endConnections();
        await pause(15);
      }
    })();

    const heard = await Promise.all(messages.map((one) => sendUntilDone(conversationId, one)));
    await breaking;

    expect(new Set(heard.flat())).toEqual(new Set(['ok', 'UNAVAILABLE']));
    const log = await desk.log(conversationId);
    expect(seqsOf(log)).toEqual(upTo(log.length));
    expect(textsOf(log).slice(1).toSorted()).toEqual(messages.map(({ content }) => content.text).toSorted());
    await expect.poll(room.seqs, WAIT).toEqual(seqsOf(log));
    room.stop();
  });

  it('[DB1] a refusal is 503 over HTTP, says when to ask again and nothing of what went wrong; the log has the cause, as a warning', async () => {
    const url = await serve(anotherDatabase());
    await admin.query('begin; lock table "InboxCount"');
    records.length = 0;

    const answer = await fetch(`${url}/trpc/inbox.counts`, { headers: { cookie: client.cookie } });
    const text = await answer.text();
    await admin.query('rollback');

    expect(answer.status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({
      error: { message: 'UNAVAILABLE', data: { refusal: { code: 'UNAVAILABLE', retryAfterMs: 1_000 } } },
    });
    expect(text).not.toMatch(/statement|InboxCount|Error:/);
    expect(records.filter((record) => JSON.stringify(record).includes('statement timeout'))).toEqual([
      expect.objectContaining({ level: WARN }),
    ]);
  });

  it('[DB1] so is a call whose caller cannot be looked up', async () => {
    const url = await serve(anotherDatabase());
    await admin.query('begin; lock table "TeamMember"');

    const answer = await fetch(`${url}/trpc/inbox.counts`, { headers: { cookie: client.cookie } });
    await admin.query('rollback');

    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ error: { data: { refusal: { code: 'UNAVAILABLE' } } } });
  });

  it('[DB3] a row that somebody holds locked is UNAVAILABLE in time, nothing is written, and later it is', async () => {
    const { conversationId } = await newRoom(desk);
    const { deps } = callerOn(anotherDatabase());
    await admin.query('begin');
    await admin.query('select 1 from "Conversation" where id = $1 for update', [conversationId]);

    const began = Date.now();
    const change = deps.rooms.change({ conversationId, once: 'a request' }, () => [said('again')]);
    await expect(change).rejects.toThrow();
    const took = Date.now() - began;
    await admin.query('rollback');

    expect(took).toBeLessThan(ANSWERED_WITHIN_MS);
    expect(await desk.log(conversationId)).toHaveLength(1);
    await deps.rooms.change({ conversationId, once: 'a request' }, () => [said('again')]);
    expect(await desk.log(conversationId)).toHaveLength(2);
  });

  it('[DB3] a pool whose connections are all busy is UNAVAILABLE in time', async () => {
    const db = anotherDatabase({ max: 1 });
    const { api } = callerOn(db);
    const busy = await db.pool.connect();

    await expect(api.inbox.counts()).rejects.toMatchObject(UNAVAILABLE);

    busy.release();
    await expect(api.inbox.counts()).resolves.toBeTruthy();
  });

  it('[DB3] a database without a connection to spare is UNAVAILABLE, and answers as soon as there is one', async () => {
    const role = await roleWith({ connections: 0 });
    const { api } = callerOn(anotherDatabase({ user: role }));

    await expect(api.inbox.counts()).rejects.toMatchObject(UNAVAILABLE);
    await expect(api.me.get()).rejects.toMatchObject(UNAVAILABLE);
    await admin.query(`alter role ${role} connection limit 4`);

    await expect(api.inbox.counts()).resolves.toBeTruthy();
  });

  it('[DB3] a call is answered after thirty seconds, whatever it waits for (B9)', async () => {
    const limits = { maxCalls: Infinity, calls: () => new Promise<void>(() => {}) };
    const { inbox } = createCaller(createContext({ ...desk.deps, limits }, asIdentity(aoi)));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answered = vi.fn();

    void inbox.counts().catch(answered);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(answered).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    vi.useRealTimers();

    expect(answered).toHaveBeenCalledWith(expect.objectContaining(UNAVAILABLE));
  });

  it('[DB1] a connection that breaks while nobody uses it is told once, and costs nobody an answer', async () => {
    const broken = vi.fn();
    const db = openDatabase(desk.deps.db.config, { max: 1, namesStatements: true, onError: broken });
    opened.push(db);
    const { rows } = await db.pool.query<{ pid: number }>('select pg_backend_pid() as pid');

    await admin.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
    await expect.poll(() => db.pool.totalCount, WAIT).toBe(0);

    await expect(db.pool.query('select 1')).resolves.toMatchObject({ rowCount: 1 });
    expect(broken).toHaveBeenCalledOnce();
  });

  it('[DB4] a webhook whose database hangs is 503 within 2 s, so that LINE sends again, and what was stored late is stored once', async () => {
    const userId = newUserId();
    const event = textEvent(userId, 'is anybody there');
    await post(desk, textEvent(userId, 'hello'));
    await ingested(desk);
    await admin.query('begin; lock table "LineEvent"');

    const began = Date.now();
    const status = await post(desk, event);
    const took = Date.now() - began;
    await admin.query('rollback');

    expect([status, took < 2_000]).toEqual([503, true]);
    expect(await post(desk, event)).toBe(200);
    await ingested(desk);
    const stored = await desk.deps.db.prisma.lineEvent.count({ where: { webhookEventId: event.webhookEventId } });
    expect(stored).toBe(1);
  });

  it('[DB4] a webhook whose connection breaks is 503, nothing is stored, and LINE’s next try is taken', async () => {
    const event = textEvent(newUserId(), 'hello');
    await admin.query('begin; lock table "LineEvent"');

    const posted = post(desk, event);
    await expect.poll(async () => (await waitingForLocks()) > 0, WAIT).toBe(true);
    await endConnectionsForGood();
    const status = await posted;
    await admin.query('rollback');

    expect(status).toBe(503);
    expect(await desk.deps.db.prisma.lineEvent.count({ where: { webhookEventId: event.webhookEventId } })).toBe(0);
    expect(await post(desk, event)).toBe(200);
    await ingested(desk);
  });

  const waitingForLocks = async () => {
    const { rows } = await desk.deps.db.pool.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows[0]!.n;
  };

  it('[DB5] a stream asked for while the database is away is UNAVAILABLE; asked again, it gives everything', async () => {
    const { conversationId } = await newRoom(desk, [said('hello')]);
    await admin.query('begin; lock table "Conversation"');
    const room = follow(client, conversationId);
    await expect.poll(async () => (await waitingForLocks()) > 0, WAIT).toBe(true);
    await endConnectionsForGood();
    await admin.query('rollback');
    await expect.poll(() => room.refusals, WAIT).toEqual([{ code: 'UNAVAILABLE', retryAfterMs: 1_000 }]);
    expect(desk.deps.feeds.size).toBe(0);

    const again = follow(client, conversationId);

    await expect.poll(again.seqs, WAIT).toEqual([1]);
    again.stop();
  });

  it('[DB5] who follows a room when every connection breaks goes on following it', async () => {
    const { conversationId, room } = await heldByAoi();
    await endConnectionsForGood();

    expect((await sendUntilDone(conversationId, message('still here'))).at(-1)).toBe('ok');

    const log = await desk.log(conversationId);
    await expect.poll(room.seqs, WAIT).toEqual(seqsOf(log));
    room.stop();
  });

  it('[DB6] calls, sockets and sign-in are 503 while the database is away, not 401; then everything goes on', async () => {
    const role = await roleWith({ connections: 0 });
    const url = await serve(anotherDatabase({ user: role }));
    const { publicUrl } = desk;
    const cookie = await desk.cookieOf(aoi);
    const statuses = async () => [
      (await fetch(`${url}/trpc/me.get`, { headers: { cookie } })).status,
      await upgradeStatus({ url, publicUrl }, { cookie }),
      (await fetch(`${url}/api/auth/get-session`, { headers: { cookie } })).status,
      (
        await fetch(`${url}/api/auth/sign-in/email`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: publicUrl },
          body: JSON.stringify({ email: aoi.email, password: PASSWORD }),
        })
      ).status,
    ];

    expect(await statuses()).toEqual([503, 503, 503, 503]);
    await admin.query(`alter role ${role} connection limit 4`);

    expect(await statuses()).toEqual([200, 101, 200, 200]);
  });
});

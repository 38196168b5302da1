import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { WAIT } from './desk/desk.ts';
import { openEventStream } from './desk/eventStream.ts';
import { openRawSocket, type RawSocket } from './desk/rawSocket.ts';
import { upTo } from './desk/rooms.ts';
import { createTestDatabase, isOnPostgres, type TestDatabase } from './desk/testDatabase.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const ADMIN = { ADMIN_EMAIL: 'admin@desk.test', ADMIN_PASSWORD: 'correct horse battery' };
/** The desk's own page, when no public address is set and the port is any. */
const ORIGIN = 'http://localhost:0';

/** Whoever started a server ends it after 30 s; a small one is gone long before. */
const GONE_WITHIN_MS = 15_000;

/** An answer, too: there may be many calls in that time. */
const RATE_LIMITED = 429;

/** Who comes when nobody listens any more; or was waiting at the door when it closed. */
const NOBODY_THERE = ['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET'];

let folder: string;
let database: TestDatabase | null = null;
const servers: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sala-goodbye-'));
  if (isOnPostgres) database = await createTestDatabase();
});
afterAll(async () => {
  for (const server of servers) server.kill('SIGKILL');
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

type Server = {
  url: string;
  cookie: string;
  process: ChildProcess;
  /** The exit code, once it has ended. */
  ended: Promise<number | null>;
};

/** A server as it is started in earnest: a process of its own. */
async function start(name: string, also: NodeJS.ProcessEnv = {}): Promise<Server> {
  const DATA_DIR = path.join(folder, name);
  if (!isOnPostgres) await cp(inject('embeddedTemplate'), path.join(DATA_DIR, 'postgres'), { recursive: true });
  const server = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: {
      PATH: process.env.PATH,
      SECRET_KEY: 'k7Qp0vXw3mZr9sYt2uBe5cDf8gHj1aLn',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATA_DIR,
      ...(database && { DATABASE_URL: database.config.connectionString }),
      ...ADMIN,
      ...also,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  servers.push(server);
  const ended = once(server, 'exit').then(([code]) => code as number | null);
  const [words] = (await once(server.stdout, 'data')) as [Buffer];
  const url = words
    .toString()
    .match(/http:\S+/)![0]
    .replace('localhost', '127.0.0.1');
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN },
    body: JSON.stringify({ email: ADMIN.ADMIN_EMAIL, password: ADMIN.ADMIN_PASSWORD }),
  });
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]);
  return { url, cookie: cookie.join('; '), process: server, ended };
}

const socketTo = ({ url, cookie }: Server): Promise<RawSocket> => openRawSocket({ url, publicUrl: ORIGIN }, cookie);
const counts = (id: number) => ({ id, method: 'query', params: { path: 'inbox.counts' } });
const answersTo = ({ frames }: RawSocket) => frames.filter((frame) => frame.includes('"result"')).length;
const isReady = async ({ url }: Server) => (await fetch(`${url}/readyz`)).status === 200;

/** Each test starts a process, which takes a while on a busy machine. */
const LIMIT = { timeout: 90_000 };

describe('Goodbye (GB)', LIMIT, () => {
  it('[GB1] asked to end, a server answers what was asked, closes every socket with 4503 one after another, and ends with 0', async () => {
    const server = await start('in flight');
    const sockets = await Promise.all(upTo(20).map(() => socketTo(server)));
    const closedAt: number[] = [];
    for (const { ws } of sockets) ws.once('close', () => closedAt.push(performance.now()));
    for (const socket of sockets) socket.send(upTo(10).map(counts));
    await expect.poll(() => sockets.every((socket) => answersTo(socket) > 0), WAIT).toBe(true);

    server.process.kill('SIGTERM');
    const codes = await Promise.all(sockets.map(({ closed }) => closed));

    expect(new Set(codes)).toEqual(new Set([4503]));
    expect(sockets.map(answersTo)).toEqual(sockets.map(() => 10));
    expect(Math.max(...closedAt) - Math.min(...closedAt)).toBeGreaterThan(200);
    expect(await Promise.race([server.ended, pause(GONE_WITHIN_MS, 'still there')])).toBe(0);
  });

  it('[GB2] changes asked for over HTTP while the server says goodbye are done and answered, and then find nobody', async () => {
    const server = await start('changing');
    const sockets = await Promise.all(upTo(20).map(() => socketTo(server)));
    const asking = upTo(4).map(async () => {
      const outcomes: (number | string)[] = [];
      while (outcomes.at(-1) !== 'ECONNREFUSED') outcomes.push(await change(server));
      return outcomes;
    });
    await pause(100);

    server.process.kill('SIGTERM');
    await Promise.all(sockets.map(({ closed }) => closed));

    for (const outcomes of await Promise.all(asking)) {
      const answered = outcomes.filter((outcome) => typeof outcome === 'number');
      expect(outcomes.slice(0, answered.length)).toEqual(answered);
      expect(answered.filter((status) => status !== 200 && status !== RATE_LIMITED)).toEqual([]);
      expect(NOBODY_THERE).toEqual(expect.arrayContaining(outcomes.slice(answered.length)));
    }
    expect(await server.ended).toBe(0);
  });

  it.skipIf(!isOnPostgres)(
    '[GB2] a change that is under way when the server is asked to end is finished, and answered',
    async () => {
      const server = await start('under way');
      const other = new pg.Client(database!.config);
      await other.connect();
      await other.query('begin; lock table "Operator" in exclusive mode');
      const changing = change(server);
      await expect.poll(() => isWaitingForLock(other), WAIT).toBe(true);

      server.process.kill('SIGTERM');
      await expect.poll(() => isReady(server).catch(() => false), WAIT).toBe(false);
      await other.query('rollback');

      expect(await changing).toBe(200);
      expect(await server.ended).toBe(0);
      await other.end();
    },
  );

  it('[GB3] it is not ready at once, and serves everybody for DRAIN_SECONDS, newcomers too', async () => {
    const server = await start('draining', { DRAIN_SECONDS: '2' });
    const sockets = await Promise.all(upTo(19).map(() => socketTo(server)));
    const stream = await openEventStream(server, 'inbox.follow', { cookie: server.cookie, input: { view: 'all' } });
    await expect.poll(() => stream.data().length, WAIT).toBe(1);
    expect(await isReady(server)).toBe(true);

    server.process.kill('SIGTERM');

    await expect.poll(() => isReady(server), WAIT).toBe(false);
    sockets.push(await socketTo(server));
    sockets[0]!.send(counts(1));
    await expect.poll(() => answersTo(sockets[0]!), WAIT).toBe(1);
    expect(new Set(await Promise.all(sockets.map(({ closed }) => closed)))).toEqual(new Set([4503]));
    await stream.ended;
    expect(stream.said.some(({ name }) => name === 'return')).toBe(false);
    expect(await server.ended).toBe(0);
  });

  it('[GB4] asked twice, it ends at once', async () => {
    const server = await start('twice', { DRAIN_SECONDS: '10' });
    server.process.kill('SIGTERM');
    await expect.poll(() => isReady(server), WAIT).toBe(false);
    await pause(600);

    const began = performance.now();
    server.process.kill('SIGTERM');

    expect(await server.ended).toBe(1);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

async function isWaitingForLock(other: pg.Client): Promise<boolean> {
  const { rowCount } = await other.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rowCount! > 0;
}

/** Changes something; answers the status, or why there was none. */
async function change({ url, cookie }: Server): Promise<number | string> {
  try {
    const answer = await fetch(`${url}/trpc/me.changeSettings`, {
      method: 'POST',
      headers: { cookie, origin: ORIGIN, 'content-type': 'application/json' },
      body: JSON.stringify({ theme: 'dark' }),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch (error) {
    return ((error as Error).cause as { code?: string }).code ?? String(error);
  }
}

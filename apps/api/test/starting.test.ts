import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { holdDataDir, migrate, StartError } from '@sala/db';
import { createSimulator, type Simulator } from '@sala/line-simulator';
import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readEnv } from '../src/env.ts';
import { type RunningDesk, startDesk } from '../src/start.ts';
import { WAIT } from './desk/desk.ts';
import { openRawSocket } from './desk/rawSocket.ts';
import { createTestDatabase, isOnPostgres, type TestDatabase } from './desk/testDatabase.ts';
import { bodyOf, postBody, sign } from './desk/webhook.ts';

const run = promisify(execFile);
const log = pino({ level: 'silent' });
const ADMIN = { ADMIN_EMAIL: 'admin@desk.test', ADMIN_PASSWORD: 'correct horse battery' };

let folder: string;
let simulator: Simulator;
let database: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sala-starting-'));
  simulator = await createSimulator();
  database = await createTestDatabase();
});
afterAll(async () => {
  await simulator.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const dataDirOf = (name: string) => path.join(folder, name);

/** The environment of a desk: on its own folder, or on the PostgreSQL of this run. */
async function envFor(name: string, also: NodeJS.ProcessEnv = {}) {
  const DATA_DIR = dataDirOf(name);
  if (!isOnPostgres) await cp(inject('embeddedTemplate'), path.join(DATA_DIR, 'postgres'), { recursive: true });
  return readEnv({
    SECRET_KEY: 'k7Qp0vXw3mZr9sYt2uBe5cDf8gHj1aLn',
    PORT: '0',
    DATA_DIR,
    LINE_API_BASE: simulator.url,
    ...(isOnPostgres && { DATABASE_URL: database.config.connectionString }),
    ...also,
  });
}

const start = async (name: string, also: NodeJS.ProcessEnv = {}): Promise<RunningDesk> =>
  startDesk({ env: await envFor(name, also), log, adminDir: null });

/** The desk's own page, when no public address is set and the port is any. */
const ORIGIN = 'http://localhost:0';

describe('Starting (ST)', () => {
  const channel = { LINE_CHANNEL_ID: '1234', LINE_CHANNEL_SECRET: 'a secret', LINE_CHANNEL_ACCESS_TOKEN: 'a token' };
  let desk: RunningDesk;
  beforeAll(async () => {
    desk = await start('running', { ...ADMIN, ...channel });
  });

  /** The first admin, who signs in. */
  const signIn = () =>
    fetch(`${desk.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ORIGIN },
      body: JSON.stringify({ email: ADMIN.ADMIN_EMAIL, password: ADMIN.ADMIN_PASSWORD }),
    });

  it('[ST4] a desk starts with nothing but an environment, and says that it lives and is ready (E2, E3)', async () => {
    const [health, ready] = [await fetch(`${desk.url}/healthz`), await fetch(`${desk.url}/readyz`)];

    expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
  });

  it('[ST5] the first admin comes from the environment', async () => {
    expect((await signIn()).status).toBe(200);
  });

  it('[ST5] the first channel comes from the environment', async () => {
    const webhook = bodyOf();

    expect(await postBody(desk, webhook, { channelId: '1234', signature: sign(webhook, 'a secret') })).toBe(200);
  });

  it('[SO5] a server that ends closes every socket with 4503', async () => {
    const cookie = (await signIn()).headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const socket = await openRawSocket({ url: desk.url, publicUrl: ORIGIN }, cookie);

    await desk.stop();

    expect(await socket.closed).toBe(4503);
    await expect(fetch(`${desk.url}/healthz`)).rejects.toThrow();
  });
});

describe('Starting (ST), and not starting', () => {
  it.skipIf(isOnPostgres)('[ST2] when its database dies it lives on and is not ready (E2)', async () => {
    const desk = await start('without');
    const { stdout } = await run('pgrep', ['-n', '-P', String(process.pid), '-f', 'embedded.child']);

    process.kill(Number(stdout), 'SIGKILL');

    await expect.poll(async () => (await fetch(`${desk.url}/readyz`)).status, WAIT).toBe(503);
    expect((await fetch(`${desk.url}/healthz`)).status).toBe(200);
    await desk.stop().catch(() => undefined); // its jobs cannot be handed back any more
  });

  it.skipIf(isOnPostgres)(
    '[ST7] a server whose embedded database has died says so, and ends with exit code 1',
    async () => {
      const { SECRET_KEY, DATA_DIR } = await envFor('its database dies');
      const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
      const server = spawn(process.execPath, ['--import', 'tsx', main], {
        env: { PATH: process.env.PATH, SECRET_KEY, DATA_DIR, PORT: '0', LOG_LEVEL: 'silent' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let words = '';
      server.stderr.on('data', (data: Buffer) => (words += data.toString()));
      const ended = once(server, 'exit');
      await once(server.stdout, 'data');
      const { stdout } = await run('pgrep', ['-P', String(server.pid), '-f', 'embedded.child']);

      process.kill(Number(stdout), 'SIGKILL');

      expect((await ended)[0]).toBe(1);
      expect(words).toMatch(/^The embedded database has ended\. .*$/m);
    },
  );

  it('[ST6] a port in use ends the start in one line, and all that had begun with it', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;

    const second = start('no port', { PORT: String(port) });

    await expect(second).rejects.toThrow(StartError);
    await expect(second).rejects.toThrow(new RegExp(`^Port ${port} is in use\\. .*$`));
    await expect(readFile(path.join(dataDirOf('no port'), 'sala.pid'))).rejects.toThrow();
    taken.close();
  });

  it('[ST6] a start that fails ends the rest also when one part does not end well, and tells the first cause', async () => {
    const env = await envFor('unlucky');
    const started = startDesk({
      env,
      log,
      adminDir: null,
      beforeListening: async ({ presence }) => {
        presence.close = () => {
          throw new Error('the second cause');
        };
        throw new Error('the first cause');
      },
    });

    await expect(started).rejects.toThrow('the first cause');
    if (!isOnPostgres) await (await holdDataDir(env.DATA_DIR)).release();
  });

  it('[ST8] a Redis that does not answer keeps nobody from starting: the server works, degraded', async () => {
    const running = await start('redis', { REDIS_URL: 'redis://127.0.0.1:1' });

    expect(running.deps.bus.health).toBe('degraded');
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
    await running.stop();
  });

  it('[ST3] a database that cannot be reached is one line that says where, and no password', async () => {
    const unreachable = start('nowhere', { DATABASE_URL: 'postgresql://somebody:hunter2@127.0.0.1:1/sala' });

    await expect(unreachable).rejects.toThrow(/^Cannot use the database at 127\.0\.0\.1:1: .*ECONNREFUSED.*$/);
    await expect(unreachable).rejects.not.toThrow('hunter2');
  });

  it.skipIf(isOnPostgres)('[ST3] a data folder in use by another Sala is one line, and no start', async () => {
    const env = await envFor('in use');
    await writeFile(path.join(env.DATA_DIR, 'sala.pid'), String(process.ppid));

    await expect(startDesk({ env, log, adminDir: null })).rejects.toThrow(
      /^.* is in use by another Sala \(process \d+\)\. .*$/,
    );
  });

  it('[EM4] a database made by a newer version is refused and left as it is', async () => {
    const client = new pg.Client(database.config);
    await client.connect();
    const newer = '29991231235959_from_the_future';
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) values ('x', 'x', $1, now(), 1)`,
      [newer],
    );

    const migrated = migrate(database.config).finally(() =>
      client.query('delete from _prisma_migrations where migration_name = $1', [newer]),
    );

    await expect(migrated).rejects.toThrow(StartError);
    await expect(migrated).rejects.toThrow(new RegExp(`^The database was made by a newer Sala .*${newer}.*$`));
    await client.end();
  });

  it('[EM3] a database that has every migration is left alone, also by two at once', async () => {
    expect(await Promise.all([migrate(database.config), migrate(database.config)])).toEqual([[], []]);
  });

  it.skipIf(!isOnPostgres)('[EM3] migrations asked for by two servers at once are applied once', async () => {
    const client = new pg.Client(database.config);
    await client.connect();
    await client.query('drop schema public cascade; create schema public');
    await client.end();

    const applied = await Promise.all([migrate(database.config), migrate(database.config), migrate(database.config)]);

    const all = applied.flat();
    expect(all.length).toBeGreaterThan(0);
    expect(new Set(all)).toHaveLength(all.length);
  });
});

import { createHmac, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import {
  configOf,
  type EmbeddedDatabase,
  holdDataDir,
  migrate,
  openDatabase,
  StartError,
  startEmbedded,
} from '@sala/db';
import type { Logger } from 'pino';
import { createAccountDeps } from './account/accountDeps.ts';
import { newSetUpCode } from './account/setUp.ts';
import { type Auth, createAuth } from './auth/auth.ts';
import { ensureFirstAdmin } from './auth/people.ts';
import { createMemoryBus } from './bus/memoryBus.ts';
import { openRedisBus } from './bus/redisBus.ts';
import { buildOf } from './build.ts';
import { introduceChannel } from './channels/introduce.ts';
import { createSeal } from './channels/seal.ts';
import { deliver } from './delivery/deliver.ts';
import { pauseAfter } from './delivery/backoff.ts';
import type { Deps } from './deps.ts';
import { createDesk } from './desk.ts';
import type { Env } from './env.ts';
import { GraphileJobs } from './jobs/graphileJobs.ts';
import { startSweep } from './jobs/sweep.ts';
import { createLimits } from './limit/limits.ts';
import { lineOverFetch } from './line/lineClient.ts';
import { fetchProfile } from './line/profile.ts';
import { createMail } from './mail/mail.ts';
import { readinessOf } from './readiness.ts';
import { createServer } from './server.ts';
import { originsOf } from './wire/origins.ts';
import { HEARTBEAT } from './wire/upgrade.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Connections to PostgreSQL per process; the embedded database has one session behind all of its. */
const POOL = 24;
const EMBEDDED_POOL = 8;

/** A desk that listens. `stop` finishes what is under way and ends everything that was begun here. */
export type RunningDesk = {
  url: string;
  deps: Deps;
  auth: Auth;
  /** By which the first admin comes in at /set-up; null when the desk has somebody. */
  setUpCode: string | null;
  /** Resolves with the reason when the desk cannot go on by itself: its embedded database has ended. */
  broken: Promise<string>;
  stop: () => Promise<void>;
};

export type StartOptions = {
  env: Env;
  log: Logger;
  adminDir: string | null;
  /** Told what is being waited for, for people. */
  progress?: (step: string) => void;
  /** Runs when the desk is whole and before it listens: the demo's seed. */
  beforeListening?: (deps: Deps) => Promise<void>;
};

/**
 * Starts a desk: database, migrations, jobs, server. When a step fails, what was begun before is ended again.
 * @throws StartError with a line for whoever typed the command.
 */
export async function startDesk(options: StartOptions): Promise<RunningDesk> {
  const begun: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    const failures: unknown[] = [];
    for (let end = begun.pop(); end; end = begun.pop()) await end().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  try {
    return { ...(await begin(options, begun)), stop };
  } catch (error) {
    await stop().catch((also: unknown) => options.log.error({ err: also }, 'what had begun did not end well'));
    throw error;
  }
}

async function begin(
  { env, log, adminDir, progress = () => {}, beforeListening }: StartOptions,
  begun: (() => Promise<unknown>)[],
): Promise<Omit<RunningDesk, 'stop'>> {
  const embedded = env.DATABASE_URL ? null : await openEmbedded(env, progress, begun);
  const broken = new Promise<string>((resolve) => {
    void embedded?.ended.then(() =>
      resolve('The embedded database has ended. What was acknowledged is kept; start again.'),
    );
  });
  const config = embedded ? embedded.config : configOf(env.DATABASE_URL!);
  progress('applying migrations');
  const applied = await migrate(config).catch(cannotReach(env));
  if (applied.length > 0) log.info({ migrations: applied }, 'migrated');

  const namesStatements = !embedded;
  const onError = (error: Error) => log.warn({ err: error }, 'a database connection broke');
  const db = openDatabase(config, { max: embedded ? EMBEDDED_POOL : POOL, namesStatements, onError });
  begun.push(() => db.close());

  if (env.REDIS_URL) progress('connecting to Redis');
  const desk = nameFrom(env.SECRET_KEY);
  const redisBus = env.REDIS_URL ? await openRedisBus({ url: env.REDIS_URL, desk, serverId: randomUUID(), log }) : null;
  const bus = redisBus ?? createMemoryBus((error) => log.error({ err: error }, 'a listener failed'));
  begun.push(() => bus.close());
  const clock = () => new Date();

  const jobs = await GraphileJobs.open(db, log);
  begun.push(() => jobs.stop());
  const publicUrl = env.PUBLIC_URL ?? `http://localhost:${env.PORT}`;
  const redis = redisBus && { client: redisBus.redis, desk };
  const mail = env.SMTP_URL && env.MAIL_FROM ? createMail({ smtpUrl: env.SMTP_URL, from: env.MAIL_FROM }) : null;
  const deps = createDesk(
    {
      ...createAccountDeps({ db, clock, secretKey: env.SECRET_KEY, publicUrl, mail, redis, log }),
      db,
      jobs,
      log,
      bus,
      limits: createLimits({ redis, log, clock }),
      build: adminDir ? await buildOf(adminDir) : null,
      line: lineOverFetch(env.LINE_API_BASE),
      clock,
      newId: randomUUID,
      pause: (attempt) => pauseAfter(attempt, Math.random),
    },
    createSeal(env.SECRET_KEY),
  );
  begun.push(async () => deps[Symbol.dispose]());

  if (!env.PUBLIC_URL && !LOOPBACK.has(env.HOST)) {
    log.warn({ host: env.HOST }, 'PUBLIC_URL is not set: only pages opened on this machine may sign in');
  }
  const origins = originsOf({ publicUrl: env.PUBLIC_URL, port: env.PORT, also: env.ALLOWED_ORIGINS });
  const auth = createAuth({ ...deps, secretKey: env.SECRET_KEY, publicUrl, trustedOrigins: [...origins] });
  await settle(deps, env);
  await beforeListening?.(deps);
  const setUpCode = await newSetUpCode(deps);

  await jobs.start({
    deliver: (id, stopping) => deliver(deps, id, stopping),
    fetchProfile: (id) => fetchProfile(deps, id),
  });
  const sweep = startSweep(deps);
  begun.push(() => sweep.stop());

  begun.push(() => deps.intake.idle());
  const app = await createServer({
    deps,
    auth,
    origins,
    adminDir,
    imageOrigins: env.LINE_API_BASE.endsWith('.line.me') ? [] : [env.LINE_API_BASE],
    isReady: readinessOf(db.pool),
    trustProxy: env.TRUST_PROXY,
    heartbeat: { ...HEARTBEAT, everyMs: env.HEARTBEAT_SECONDS * 1_000 },
  });
  begun.push(() => app.close());
  await app.listen({ port: env.PORT, host: env.HOST }).catch(cannotListen(env));
  const introduced = env.LINE_CHANNEL_ID ? introduceChannel(deps, env.LINE_CHANNEL_ID) : Promise.resolve();
  begun.push(() => introduced);
  begun.push(() => app.goodbye(env.DRAIN_SECONDS * 1_000));
  const { port } = app.server.address() as AddressInfo;
  return {
    url: env.PUBLIC_URL ?? `http://${env.HOST === '127.0.0.1' ? 'localhost' : env.HOST}:${port}`,
    deps,
    auth,
    setUpCode,
    broken,
  };
}

async function openEmbedded(
  env: Env,
  progress: (step: string) => void,
  begun: (() => Promise<unknown>)[],
): Promise<EmbeddedDatabase> {
  const held = await holdDataDir(env.DATA_DIR);
  begun.push(() => held.release());
  progress('starting the embedded database');
  const embedded = await startEmbedded(`${env.DATA_DIR}/postgres`);
  begun.push(() => embedded.stop());
  return embedded;
}

/** What the environment asks to be there: the first admin, the first channel. */
async function settle(deps: Deps, env: Env): Promise<void> {
  if (env.ADMIN_EMAIL && env.ADMIN_PASSWORD) {
    await ensureFirstAdmin(deps, { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD });
  }
  if (env.LINE_CHANNEL_ID && env.LINE_CHANNEL_SECRET && env.LINE_CHANNEL_ACCESS_TOKEN) {
    await deps.channels.put({
      channelId: env.LINE_CHANNEL_ID,
      secret: env.LINE_CHANNEL_SECRET,
      accessToken: env.LINE_CHANNEL_ACCESS_TOKEN,
    });
  }
  await deps.channels.check();
}

/** The servers of one desk share its key, and nobody else has it. */
const nameFrom = (secretKey: string): string =>
  createHmac('sha256', secretKey).update('bus').digest('hex').slice(0, 16);

const cannotReach = (env: Env) => (error: NodeJS.ErrnoException) => {
  if (error instanceof StartError) throw error;
  if (!env.DATABASE_URL) throw error;
  const { host } = new URL(env.DATABASE_URL);
  throw new StartError(`Cannot use the database at ${host}: ${error.message || error.code}. Is DATABASE_URL right?`);
};

const cannotListen = (env: Env) => (error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE') throw new StartError(`Port ${env.PORT} is in use. Stop what uses it, or set PORT.`);
  if (error.code === 'EACCES')
    throw new StartError(`Port ${env.PORT} may not be opened by this user. Set PORT above 1023.`);
  throw new StartError(`Cannot listen on ${env.HOST}:${env.PORT} (${error.code ?? error.message}). Is HOST right?`);
};

import { setTimeout as pause } from 'node:timers/promises';
import { type Database, openDatabase } from '@sala/db';
import { run, type Runner } from 'graphile-worker';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { GraphileJobs } from '../src/jobs/graphileJobs.ts';
import { WAIT } from './desk/desk.ts';
import { createTestDatabase, type TestDatabase } from './desk/testDatabase.ts';

const runners: Runner[] = [];
/** The library's own, and a hand on what it starts. */
const runAndHold: typeof run = async (options) => {
  const runner = await run(options);
  runners.push(runner);
  return runner;
};

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  const namesStatements = !database.isEmbedded;
  db = openDatabase(database.config, { max: 6, namesStatements, onError: () => undefined });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const open: GraphileJobs[] = [];
afterEach(async () => {
  for (const jobs of open.splice(0)) await jobs.stop();
});

const away = () => db.pool.query('alter table graphile_worker._private_jobs rename to away');
const back = () => db.pool.query('alter table graphile_worker.away rename to _private_jobs');

/** Jobs that note whose deliveries they were; `onDeliver` is what they do besides. */
async function startJobs(onDeliver: (conversationId: string) => Promise<unknown>, library = runAndHold) {
  const records: { msg: string }[] = [];
  const log = pino({ level: 'error' }, { write: (line) => void records.push(JSON.parse(line) as { msg: string }) });
  const delivered: string[] = [];
  const jobs = await GraphileJobs.open(db, log, { run: library });
  open.push(jobs);
  await jobs.start({
    deliver: async (conversationId) => {
      delivered.push(conversationId);
      await onDeliver(conversationId);
    },
    fetchProfile: async () => undefined,
  });
  return { jobs, delivered, messages: () => records.map(({ msg }) => msg) };
}

describe('Delivery (DE)', () => {
  it('[DE13] deliveries go on after the database could not be told that one was done', async () => {
    const { jobs, delivered } = await startJobs(async (conversationId) => {
      if (conversationId === 'first') await away();
    });
    jobs.wakeDelivery('first');
    await vi.waitFor(() => expect(delivered).toEqual(['first']), WAIT);
    await pause(200);
    await back();

    jobs.wakeDelivery('second');

    await vi.waitFor(() => expect(delivered).toContain('second'), WAIT);
  });

  it('[DE13] deliveries go on after the worker itself has given up', async () => {
    const { jobs, delivered, messages } = await startJobs(async () => undefined);

    await runners.at(-1)!.stop('as it does after a database that was away for minutes');
    await vi.waitFor(() => expect(messages()).toContain('the job runner has ended; another begins'), WAIT);
    jobs.wakeDelivery('first');

    await vi.waitFor(() => expect(delivered).toEqual(['first']), WAIT);
  });

  it('[DE17] deliveries go on after a worker that takes no jobs any more, and does not end', async () => {
    let isDeaf = true;
    const deafAtFirst: typeof run = async (options) => {
      if (!isDeaf) return runAndHold(options);
      isDeaf = false;
      return { promise: new Promise(() => undefined), stop: () => new Promise(() => undefined) } as unknown as Runner;
    };
    const { jobs, delivered } = await startJobs(async () => undefined, deafAtFirst);

    jobs.wakeDelivery('first');

    await vi.waitFor(() => expect(delivered).toEqual(['first']), { ...WAIT, timeout: 15_000 });
  });

  const conversations = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, number) => `${prefix}-${number}`);

  it('[DE14] a burst of wishes shares a few jobs, and each conversation is delivered for once', async () => {
    const waiting = await GraphileJobs.open(db, pino({ level: 'silent' }));
    const burst = conversations(250, 'burst');
    for (const conversationId of [...burst, ...burst]) waiting.wakeDelivery(conversationId);
    await waiting.stop();
    const { rows } = await db.pool.query(
      `select 1 from graphile_worker._private_jobs where payload::text like '%"burst-%'`,
    );

    const { delivered } = await startJobs(async () => undefined);

    // The first at once, those after it a hundred to a job; and the first was wished for again.
    expect(rows).toHaveLength(4);
    await vi.waitFor(() => expect(delivered).toHaveLength(251), WAIT);
    expect(new Set(delivered)).toEqual(new Set(burst));
  });

  it('[DE14] of a burst only what failed is tried again', async () => {
    const { jobs, delivered } = await startJobs(async (conversationId) => {
      if (conversationId === 'one-1' && delivered.filter((id) => id === 'one-1').length === 1) throw new Error('once');
    });
    for (const conversationId of conversations(3, 'one')) jobs.wakeDelivery(conversationId);

    await vi.waitFor(() => expect(delivered).toHaveLength(4), WAIT);

    expect(delivered.toSorted()).toEqual(['one-0', 'one-1', 'one-1', 'one-2']);
  });

  it('[DE14] one process delivers for a few conversations at once, and what it has not begun when it stops goes to another', async () => {
    const held: (() => void)[] = [];
    const stopping = await startJobs(() => new Promise<void>((resolve) => held.push(resolve)));
    const burst = conversations(60, 'held');
    for (const conversationId of burst) stopping.jobs.wakeDelivery(conversationId);
    const atOnce = database.isEmbedded ? 4 : 10;
    await vi.waitFor(() => expect(held).toHaveLength(atOnce), WAIT);

    open.splice(0);
    const stopped = stopping.jobs.stop();
    for (const release of held) release();
    await stopped;
    const { delivered } = await startJobs(async () => undefined);

    await vi.waitFor(() => expect(delivered).toHaveLength(burst.length - atOnce), WAIT);
    expect(new Set([...stopping.delivered, ...delivered])).toEqual(new Set(burst));
  });

  const HOUR_MS = 3_600_000;
  const inMs = (ms: number) => new Date(Date.now() + ms);

  it('[DE15] who finds a conversation held by another moves no attempt that has its time', async () => {
    const { jobs, delivered } = await startJobs(async () => undefined);
    await jobs.deliverAt('retried', inMs(500));

    await jobs.lookAgainAt('retried', inMs(HOUR_MS));

    await vi.waitFor(() => expect(delivered).toEqual(['retried']), WAIT);
  });

  it('[DE15] who holds a conversation says when the next attempt is, whatever others have asked for', async () => {
    const { jobs, delivered } = await startJobs(async () => undefined);
    await jobs.lookAgainAt('held', inMs(HOUR_MS));

    await jobs.deliverAt('held', inMs(100));

    await vi.waitFor(() => expect(delivered).toEqual(['held']), WAIT);
  });
});

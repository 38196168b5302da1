import { setTimeout as pause } from 'node:timers/promises';
import { type Database, openDatabase } from '@sala/db';
import { run, type Runner } from 'graphile-worker';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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

const away = () => db.pool.query('alter table graphile_worker._private_jobs rename to away');
const back = () => db.pool.query('alter table graphile_worker.away rename to _private_jobs');

/** Jobs that note whose deliveries they were; `onDeliver` is what they do besides. */
async function startJobs(onDeliver: (conversationId: string) => Promise<unknown>) {
  const records: { msg: string }[] = [];
  const log = pino({ level: 'error' }, { write: (line) => void records.push(JSON.parse(line) as { msg: string }) });
  const delivered: string[] = [];
  const jobs = await GraphileJobs.open(db, log, { run: runAndHold });
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
    await jobs.stop();
  });

  it('[DE13] deliveries go on after the worker itself has given up', async () => {
    const { jobs, delivered, messages } = await startJobs(async () => undefined);

    await runners.at(-1)!.stop('as it does after a database that was away for minutes');
    await vi.waitFor(() => expect(messages()).toContain('the job runner has ended; another begins'), WAIT);
    jobs.wakeDelivery('first');

    await vi.waitFor(() => expect(delivered).toEqual(['first']), WAIT);
    await jobs.stop();
  });
});

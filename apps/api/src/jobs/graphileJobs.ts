import { setTimeout as pause } from 'node:timers/promises';
import type { ConversationId } from '@sala/contracts';
import type { Database } from '@sala/db';
import {
  type AddJobsJobSpec,
  Logger as JobLogger,
  makeWorkerUtils,
  type Runner,
  run,
  type WorkerUtils,
} from 'graphile-worker';
import PQueue from 'p-queue';
import type { Logger } from 'pino';
import { z } from 'zod';
import { Activity, deafened } from './deafness.ts';
import { Doorbell } from './doorbell.ts';
import type { Jobs, Tasks } from './jobs.ts';

/** Without LISTEN (the embedded database) the queue is looked at this often. */
const EMBEDDED_POLL_MS = 100;

/**
 * Jobs that one process does at once, and conversations that it delivers for at once, whatever jobs they are in: most of
 * their time is spent waiting for LINE. The embedded database has one session.
 */
const CONCURRENCY = 10;
const EMBEDDED_CONCURRENCY = 4;

/** The pause between two runners. */
const RESTART_MS = 1_000;

const Wish = z.object({ conversationId: z.string() });

/** A conversation that has a time of its own, or a burst. */
const Wishes = z.union([Wish, z.array(Wish)]);

/** Jobs kept by graphile-worker in the desk's own database. `start` begins to do them, `stop` finishes those under way. */
export class GraphileJobs implements Jobs {
  readonly #db: Database;
  readonly #log: Logger;
  readonly #utils: WorkerUtils;
  readonly #startRunner: typeof run;
  readonly #stopping = new AbortController();
  #runner: Runner | undefined;
  #kept: Promise<void> = Promise.resolve();
  readonly #doorbell = new Doorbell((groups) => this.#addBursts(groups));
  readonly #delivering: PQueue;
  readonly #activity: Activity;

  private constructor(db: Database, log: Logger, utils: WorkerUtils, startRunner: typeof run) {
    this.#startRunner = startRunner;
    this.#db = db;
    this.#log = log;
    this.#utils = utils;
    this.#delivering = new PQueue({ concurrency: this.#concurrency });
    this.#activity = new Activity(this.#concurrency);
  }

  /** Makes or updates the job tables. */
  static async open(db: Database, log: Logger, worker: { run: typeof run } = { run }): Promise<GraphileJobs> {
    const utils = await makeWorkerUtils({
      pgPool: db.pool,
      logger: jobLogger(log),
      noPreparedStatements: !db.namesStatements,
    });
    await utils.migrate();
    return new GraphileJobs(db, log, utils, worker.run);
  }

  async start(tasks: Tasks): Promise<void> {
    this.#runner = await this.#run(tasks);
    this.#kept = this.#keepRunning(tasks);
  }

  /** The library's runner ends for good, or goes deaf, when the database fails it at a bad moment: another takes over. */
  async #keepRunning(tasks: Tasks): Promise<void> {
    for (;;) {
      await this.#failed();
      if (this.#stopping.signal.aborted) return;
      this.#log.error('the job runner has ended; another begins');
      this.#activity.restart();
      this.#runner = await this.#run(tasks).catch((error: unknown) => {
        this.#log.error({ err: error }, 'no job runner could begin; it is tried again');
        return undefined;
      });
      if (this.#stopping.signal.aborted && this.#runner) await stopped(this.#runner.stop()); // it began too late to be told
      await pause(RESTART_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined); // stopping
    }
  }

  /** Resolves when the runner has ended, or does nothing any more, or is not wanted any more. */
  async #failed(): Promise<void> {
    const runner = this.#runner;
    if (!runner) return;
    const ended = new AbortController();
    const over = runner.promise.catch(() => undefined).finally(() => ended.abort()); // it has logged why
    const signal = AbortSignal.any([ended.signal, this.#stopping.signal]);
    await deafened(this.#db.pool, this.#activity, signal);
    if (signal.aborted) await stopped(over);
    else void stopped(runner.stop()); // nobody waits for one that is stuck
  }

  #run(tasks: Tasks): Promise<Runner> {
    return this.#startRunner({
      pgPool: this.#db.pool,
      concurrency: this.#concurrency,
      noHandleSignals: true,
      // Otherwise nobody catches it when the database cannot be told that a job is done, and the process ends.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      noPreparedStatements: !this.#db.namesStatements,
      ...(this.#db.namesStatements ? {} : { pollInterval: EMBEDDED_POLL_MS }),
      logger: jobLogger(this.#log),
      taskList: {
        deliver: (payload) => this.#deliver(tasks, Wishes.parse(payload)),
        fetchProfile: (payload) => this.#activity.of(() => tasks.fetchProfile(Wish.parse(payload).conversationId)),
      },
    });
  }

  get #concurrency(): number {
    return this.#db.namesStatements ? CONCURRENCY : EMBEDDED_CONCURRENCY;
  }

  /** For a burst the library is given a promise each: only the conversations that failed are tried again. */
  #deliver(tasks: Tasks, wishes: z.infer<typeof Wishes>): void | Promise<void> | Promise<void>[] {
    const deliver = ({ conversationId }: z.infer<typeof Wish>) =>
      this.#delivering.add(async () => {
        // A job has to end before the process can: what it has not begun is wished for anew, for another server.
        if (this.#stopping.signal.aborted) this.wakeDelivery(conversationId);
        else await this.#activity.of(() => tasks.deliver(conversationId, this.#stopping.signal));
      });
    return Array.isArray(wishes) ? wishes.map(deliver) : deliver(wishes);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#runner) await stopped(this.#runner.stop());
    await this.#kept;
    await this.#doorbell.close();
    await this.#utils.release();
  }

  wakeDelivery(conversationId: ConversationId): void {
    this.#doorbell.ring(conversationId);
  }

  async deliverAt(conversationId: ConversationId, at: Date): Promise<void> {
    await this.#utils.addJobs([retryJob(conversationId, at)]);
  }

  async lookAgainAt(conversationId: ConversationId, at: Date): Promise<void> {
    await this.#utils.addJobs([retryJob(conversationId, at)], PRESERVE_RUN_AT);
  }

  async fetchProfile(conversationId: ConversationId): Promise<void> {
    await this.#utils.addJobs([
      { identifier: 'fetchProfile', payload: { conversationId }, jobKey: `fetchProfile:${conversationId}` },
    ]);
  }

  async #addBursts(groups: ConversationId[][]): Promise<void> {
    const jobs = groups.map((group) => ({
      identifier: 'deliver',
      payload: group.map((conversationId) => ({ conversationId })),
    }));
    try {
      await this.#utils.addJobs(jobs);
    } catch (error) {
      // The deliveries themselves are safe in their table: the sweep finds them.
      this.#log.error({ err: error }, 'could not add delivery jobs');
    }
  }
}

/** What a runner has under way is finished first, LINE's time-out included; one that is stuck is not waited for. */
const STOPS_WITHIN_MS = 15_000;
const stopped = (stopping: Promise<unknown>): Promise<unknown> =>
  Promise.race([stopping.catch(() => undefined), pause(STOPS_WITHIN_MS, undefined, { ref: false })]);

/** One a conversation: asked again, it is moved. */
const retryJob = (conversationId: ConversationId, runAt: Date): AddJobsJobSpec => ({
  identifier: 'deliver',
  payload: { conversationId },
  jobKey: `deliver:${conversationId}`,
  runAt,
});

/** ... but for a job that is there and waits: it stays where it is. */
const PRESERVE_RUN_AT = true;

/** The worker's own words go to the log, without the jobs they are about; its routine ones only when somebody debugs. */
function jobLogger(log: Logger): JobLogger {
  return new JobLogger(() => (logLevel, message, meta) => {
    const level: string = logLevel; // a const enum that other modules cannot name
    if (level === 'error') log.error({ err: meta?.error ?? meta?.fatalError }, message);
    else if (level === 'warning') log.warn(message);
    else log.debug(message);
  });
}

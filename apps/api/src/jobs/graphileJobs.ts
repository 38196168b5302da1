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
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Jobs, Tasks } from './jobs.ts';

/** The first wish is granted at once; those of the time after it together: one insert and one notification for a burst. */
const COLLECT_MS = 250;

/** Without LISTEN (the embedded database) the queue is looked at this often. */
const EMBEDDED_POLL_MS = 100;

/** Jobs that one process does at once: most of their time is spent waiting for LINE. The embedded database has one session. */
const CONCURRENCY = 10;
const EMBEDDED_CONCURRENCY = 4;

/** The pause between two runners. */
const RESTART_MS = 1_000;

const Payload = z.object({ conversationId: z.string() });

/** Jobs kept by graphile-worker in the desk's own database. `start` begins to do them, `stop` finishes those under way. */
export class GraphileJobs implements Jobs {
  readonly #db: Database;
  readonly #log: Logger;
  readonly #utils: WorkerUtils;
  readonly #startRunner: typeof run;
  readonly #stopping = new AbortController();
  #runner: Runner | undefined;
  #kept: Promise<void> = Promise.resolve();
  #wished = new Set<ConversationId>();
  #collecting: NodeJS.Timeout | undefined;
  #flushed: Promise<void> = Promise.resolve();

  private constructor(db: Database, log: Logger, utils: WorkerUtils, startRunner: typeof run) {
    this.#startRunner = startRunner;
    this.#db = db;
    this.#log = log;
    this.#utils = utils;
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

  /** The library's runner ends for good when the database fails it at a bad moment: another takes over. */
  async #keepRunning(tasks: Tasks): Promise<void> {
    for (;;) {
      await this.#runner?.promise.catch(() => undefined); // it has logged why
      if (this.#stopping.signal.aborted) return;
      this.#log.error('the job runner has ended; another begins');
      this.#runner = await this.#run(tasks).catch((error: unknown) => {
        this.#log.error({ err: error }, 'no job runner could begin; it is tried again');
        return undefined;
      });
      await pause(RESTART_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined); // stopping
    }
  }

  #run(tasks: Tasks): Promise<Runner> {
    return this.#startRunner({
      pgPool: this.#db.pool,
      concurrency: this.#db.namesStatements ? CONCURRENCY : EMBEDDED_CONCURRENCY,
      noHandleSignals: true,
      // Otherwise nobody catches it when the database cannot be told that a job is done, and the process ends.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      noPreparedStatements: !this.#db.namesStatements,
      ...(this.#db.namesStatements ? {} : { pollInterval: EMBEDDED_POLL_MS }),
      logger: jobLogger(this.#log),
      taskList: {
        deliver: (payload) => tasks.deliver(Payload.parse(payload).conversationId),
        fetchProfile: (payload) => tasks.fetchProfile(Payload.parse(payload).conversationId),
      },
    });
  }

  async stop(): Promise<void> {
    this.#flush();
    clearTimeout(this.#collecting);
    await this.#flushed;
    this.#stopping.abort();
    await this.#runner?.stop().catch(() => undefined); // it has ended by itself
    await this.#kept;
    await this.#utils.release();
  }

  wakeDelivery(conversationId: ConversationId): void {
    this.#wished.add(conversationId);
    if (!this.#collecting) this.#flush();
  }

  async deliverAt(conversationId: ConversationId, at: Date): Promise<void> {
    await this.#utils.addJobs([deliverJob(conversationId, at)]);
  }

  async fetchProfile(conversationId: ConversationId): Promise<void> {
    await this.#utils.addJobs([
      { identifier: 'fetchProfile', payload: { conversationId }, jobKey: `fetchProfile:${conversationId}` },
    ]);
  }

  #flush(): void {
    clearTimeout(this.#collecting);
    this.#collecting = undefined;
    if (this.#wished.size === 0) return;
    this.#collecting = setTimeout(() => this.#flush(), COLLECT_MS);
    const jobs = [...this.#wished].map((conversationId) => deliverJob(conversationId));
    this.#wished = new Set();
    const added = this.#flushed.then(() => this.#utils.addJobs(jobs));
    this.#flushed = added.then(
      () => undefined,
      // The deliveries themselves are safe in their table: the sweep finds them.
      (error: unknown) => this.#log.error({ err: error }, 'could not add delivery jobs'),
    );
  }
}

const deliverJob = (conversationId: ConversationId, runAt?: Date): AddJobsJobSpec => ({
  identifier: 'deliver',
  payload: { conversationId },
  jobKey: `deliver:${conversationId}`,
  ...(runAt && { runAt }),
});

/** The worker's own words go to the log, without the jobs they are about; its routine ones only when somebody debugs. */
function jobLogger(log: Logger): JobLogger {
  return new JobLogger(() => (logLevel, message, meta) => {
    const level: string = logLevel; // a const enum that other modules cannot name
    if (level === 'error') log.error({ err: meta?.error ?? meta?.fatalError }, message);
    else if (level === 'warning') log.warn(message);
    else log.debug(message);
  });
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from '@sala/db';

/** How often a runner that takes no jobs is looked at, and how long jobs may wait for one that is free. */
const LOOK_EVERY_MS = 2_000;
const WAITING_MS = 4_000;

/** What a runner does at the moment, for telling one that has nothing to do from one that does nothing. */
export class Activity {
  #underWay = 0;
  #lastBegan = performance.now();
  readonly #concurrency: number;

  constructor(concurrency: number) {
    this.#concurrency = concurrency;
  }

  /** A job is being done. */
  async of<T>(job: () => T | Promise<T>): Promise<Awaited<T>> {
    this.#underWay += 1;
    this.#lastBegan = performance.now();
    try {
      return await job();
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Nothing was begun for a while, though something could have been. */
  get isIdle(): boolean {
    return this.#underWay < this.#concurrency && performance.now() - this.#lastBegan > WAITING_MS;
  }

  /** A new runner has taken over: it is given its time. */
  restart(): void {
    this.#lastBegan = performance.now();
  }
}

/**
 * Resolves when jobs wait and the runner, though free, takes none; or when `signal` ends the looking. The library's
 * runner may stop working without ending, after a database that broke its connections at bad moments: seen under
 * backends killed a few times a second.
 */
export async function deafened(pool: Pool, activity: Activity, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined); // ended
    if (signal.aborted || !activity.isIdle) continue;
    // A database that does not answer gives nobody any jobs.
    const doWait = await pool.query<{ do: boolean }>(WAITING, [WAITING_MS]).catch(() => null);
    if (doWait?.rows[0]?.do && activity.isIdle) return;
  }
}

const WAITING = `
  select exists (select from graphile_worker.jobs
    where locked_at is null and attempts < max_attempts and run_at < now() - $1 * interval '1 ms') as do`;

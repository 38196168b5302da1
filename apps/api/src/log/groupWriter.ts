import { type Database, isUnavailable, type PoolClient } from '@sala/db';
import { appendStatement } from './appendSql.ts';
import type { Change } from './change.ts';
import { rowsOf } from './projections.ts';

/** How many changes share a statement, and how many statements are on their way at once. */
const MAX_GROUP = 64;
const MAX_IN_FLIGHT = 4;

/** What became of a change: `written`; or `outrun`, because the log had moved on since it was decided. */
export type Outcome = 'written' | 'outrun';

type Waiting = { change: Change; resolve: (outcome: Outcome) => void; reject: (error: unknown) => void };

/**
 * Writes changes to the database. A change that comes alone is written at once; those that come while statements
 * are on their way are written together by the next one, which under load saves most of the commits.
 * No two changes of one conversation may be given at the same time.
 */
export class GroupWriter {
  readonly #db: Database;
  readonly #newId: () => string;
  readonly #queue: Waiting[] = [];
  #inFlight = 0;

  constructor(db: Database, newId: () => string) {
    this.#db = db;
    this.#newId = newId;
  }

  /** @throws whatever the database says against the change. */
  write(change: Change): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ change, resolve, reject });
      // After the microtasks of this turn, so that what was asked together goes together.
      if (this.#inFlight < MAX_IN_FLIGHT) queueMicrotask(() => this.#next());
    });
  }

  /** Writes one change on a connection that holds the room's lock. */
  async writeLocked(client: PoolClient, change: Change): Promise<Outcome> {
    const written = await this.#run(client, [change]);
    return written.has(change.after.conversationId) ? 'written' : 'outrun';
  }

  #next(): void {
    if (this.#inFlight >= MAX_IN_FLIGHT || this.#queue.length === 0) return;
    this.#inFlight += 1;
    void this.#writeGroup(this.#queue.splice(0, MAX_GROUP)).finally(() => {
      this.#inFlight -= 1;
      this.#next();
    });
  }

  async #writeGroup(group: Waiting[]): Promise<void> {
    try {
      const written = await this.#run(
        this.#db.pool,
        group.map(({ change }) => change),
      );
      for (const { change, resolve } of group) {
        resolve(written.has(change.after.conversationId) ? 'written' : 'outrun');
      }
    } catch (error) {
      // One bad change fails the statement: the others are innocent and are written alone. A database that is away
      // would be waited for once each.
      if (group.length === 1 || isUnavailable(error)) for (const { reject } of group) reject(error);
      else for (const one of group) await this.#writeGroup([one]);
    }
  }

  async #run(connection: Pick<PoolClient, 'query'>, changes: Change[]): Promise<Set<string>> {
    const { name, text, values } = appendStatement(rowsOf(changes, this.#newId));
    const { rows } = await connection.query<{ id: string }>(
      this.#db.namesStatements ? { name, text, values } : { text, values },
    );
    return new Set(rows.map(({ id }) => id));
  }
}

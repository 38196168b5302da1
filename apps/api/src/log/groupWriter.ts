import type { Database, PoolClient } from '@sala/db';
import { Grouped } from '../grouped.ts';
import { appendStatement } from './appendSql.ts';
import type { Change } from './change.ts';
import { rowsOf } from './projections.ts';

const BOUNDS = { atMost: 64, atOnce: 4 };

/** What became of a change: `written`; or `outrun`, because the log had moved on since it was decided. */
export type Outcome = 'written' | 'outrun';

/**
 * Writes changes to the database, under load several in one statement, which saves most of the commits.
 * No two changes of one conversation may be given at the same time.
 */
export class GroupWriter {
  readonly #db: Database;
  readonly #newId: () => string;
  readonly #grouped: Grouped<Change, Outcome>;

  constructor(db: Database, newId: () => string) {
    this.#db = db;
    this.#newId = newId;
    this.#grouped = new Grouped((changes) => this.#run(db.pool, changes), BOUNDS);
  }

  /** @throws whatever the database says against the change. */
  write(change: Change): Promise<Outcome> {
    return this.#grouped.add(change);
  }

  /** Writes one change on a connection that holds the room's lock. */
  async writeLocked(client: PoolClient, change: Change): Promise<Outcome> {
    const [outcome] = await this.#run(client, [change]);
    return outcome!;
  }

  async #run(connection: Pick<PoolClient, 'query'>, changes: readonly Change[]): Promise<Outcome[]> {
    const { name, text, values } = appendStatement(rowsOf(changes, this.#newId));
    const { rows } = await connection.query<{ id: string }>(
      this.#db.namesStatements ? { name, text, values } : { text, values },
    );
    const written = new Set(rows.map(({ id }) => id));
    return changes.map(({ after }) => (written.has(after.conversationId) ? 'written' : 'outrun'));
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import pg, { type ClientConfig } from 'pg';
import { StartError } from './dataDir.ts';
import { NO_FILTERS, openSchemaEngine } from './schemaEngine.ts';

/** Any number that nobody else in this database uses for an advisory lock. */
const MIGRATION_LOCK = 7_352_411;

/** Where schema.prisma and migrations/ lie: beside the sources, or beside the bundle. */
export const prismaDir = (): string =>
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../prisma/' : './prisma/', import.meta.url));

/**
 * Applies the migrations that the database lacks and answers their names, oldest first. Safe when several servers
 * start at once: the first does it, the others wait and find nothing to do. The bookkeeping is Prisma's own
 * (`_prisma_migrations`), so `prisma migrate deploy` over the same folder comes to the same.
 * @throws StartError when the database has migrations that this version does not know.
 */
export async function migrate(config: ClientConfig, folder = prismaDir()): Promise<string[]> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const known = migrationNames(folder);
    const applied = await appliedNames(client);
    const unknown = applied.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      throw new StartError(`The database was made by a newer Sala (it has ${unknown.join(', ')}). Start that version.`);
    }
    if (applied.length === known.length) return [];
    return await applyMissing(config, folder, known);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined); // the connection may be gone
    await client.end();
  }
}

async function applyMissing(config: ClientConfig, folder: string, names: string[]): Promise<string[]> {
  // A pool of our own, because the engine does not end the one it would make.
  const pool = new pg.Pool({ ...config, max: 1 });
  const engine = await openSchemaEngine(
    new WholeScripts(pool),
    readFileSync(path.join(folder, 'schema.prisma'), 'utf8'),
  );
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationList(folder, names),
      filters: NO_FILTERS,
    });
    return appliedMigrationNames;
  } finally {
    engine.free();
    await pool.end();
  }
}

/** Prisma's adapter cuts a script at each semicolon, those inside a function's body as well: the database knows better. */
class WholeScripts extends PrismaPg {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => void (await this.#pool.query(script));
    return adapter;
  }
}

/** The migrations folder in the form the engine takes. */
export function migrationList(folder: string, names: string[]) {
  return {
    baseDir: path.join(folder, 'migrations'),
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: readFileSync(path.join(folder, 'migrations', name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  };
}

export function migrationNames(folder: string): string[] {
  return readdirSync(path.join(folder, 'migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

async function appliedNames(client: pg.Client): Promise<string[]> {
  const { rows: tables } = await client.query(`select to_regclass('_prisma_migrations') is not null as present`);
  if (!tables[0].present) return [];
  const { rows } = await client.query(
    'select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  );
  return rows.map((row: { migration_name: string }) => row.migration_name);
}

import { PrismaPg } from '@prisma/adapter-pg';
import pg, { type ClientConfig, type Pool, type PoolClient } from 'pg';
import { PrismaClient } from './generated/client.ts';

export type { ClientConfig, Pool, PoolClient };

/** One pool for hand-written SQL (`pool`) and for settings and people (`prisma`). */
export type Database = {
  pool: Pool;
  prisma: PrismaClient;
  /** How to make further connections to the same database. */
  config: ClientConfig;
  /**
   * Whether statements may be named, and so planned once. Not behind the embedded database's socket, where
   * several connections share one session and names would clash.
   */
  namesStatements: boolean;
  close: () => Promise<void>;
};

/** A database that does not answer is an error, not a wait: whoever asks can ask again, and LINE sends again. */
export type TimeLimits = {
  /** For a connection, out of a pool that may be exhausted. */
  connectMs: number;
  /** For a statement, as PostgreSQL itself counts; also for a transaction in which nothing happens. */
  statementMs: number;
  /** For an answer, as we count: a server that hangs keeps no time. It includes the turns of others in the embedded database. */
  answerMs: number;
};

const TIME_LIMITS: TimeLimits = { connectMs: 5_000, statementMs: 15_000, answerMs: 20_000 };

/** For work on everything at once, which nobody waits for at a screen. */
export const UNHURRIED: TimeLimits = { connectMs: 5_000, statementMs: 3_600_000, answerMs: 3_660_000 };

export type PoolOptions = {
  /** The most connections at once. */
  max: number;
  namesStatements: boolean;
  /** Hears of connections that break while idle. */
  onError: (error: Error) => void;
  within?: TimeLimits;
};

/** Opens a pool. What it throws when the database does not answer is told from the rest by `isUnavailable`. */
export function openDatabase(
  config: ClientConfig,
  { max, namesStatements, onError, within = TIME_LIMITS }: PoolOptions,
): Database {
  const pool = new pg.Pool({
    ...config,
    max,
    connectionTimeoutMillis: within.connectMs,
    query_timeout: within.answerMs,
    // The embedded database has one session behind all its connections, and no clock of its own.
    ...(namesStatements && {
      statement_timeout: within.statementMs,
      idle_in_transaction_session_timeout: within.statementMs,
    }),
  });
  pool.on('error', onError);
  // One that breaks while it is used fails what it is used for: without this it would end the process, too.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    pool,
    prisma,
    config,
    namesStatements,
    close: async () => {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}

/** The configuration a `DATABASE_URL` means. */
export const configOf = (url: string): ClientConfig => ({ connectionString: url });

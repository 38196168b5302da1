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

/** A database that does not answer is an error, not a wait: LINE sends again what was not taken. */
const CONNECT_WITHIN_MS = 15_000;

/** Opens a pool of at most `max` connections; `onError` hears of connections that break while idle. */
export function openDatabase(
  config: ClientConfig,
  { max, namesStatements, onError }: { max: number; namesStatements: boolean; onError: (error: Error) => void },
): Database {
  const pool = new pg.Pool({ ...config, max, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
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

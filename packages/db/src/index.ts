export { type Held, holdDataDir, StartError } from './dataDir.ts';
export {
  type ClientConfig,
  configOf,
  type Database,
  openDatabase,
  type Pool,
  type PoolClient,
  UNHURRIED,
} from './database.ts';
export { type EmbeddedDatabase, startEmbedded } from './embedded.ts';
export type * from './generated/models.ts';
export { Prisma, type PrismaClient } from './generated/client.ts';
export { migrate } from './migrate.ts';
export { isUnavailable } from './unavailable.ts';

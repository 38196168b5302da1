import type { Database } from '@sala/db';
import type { Logger } from 'pino';
import type { AccountDeps } from './account/accountDeps.ts';
import type { Bus } from './bus/bus.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Limits } from './limit/limits.ts';
import type { LineClients } from './line/lineClient.ts';

/** What the desk stands on. Time, ids and chance come in here, so that tests can hold them. */
export type Foundation = AccountDeps & {
  db: Database;
  bus: Bus;
  jobs: Jobs;
  line: LineClients;
  log: Logger;
  limits: Limits;
  clock: () => Date;
  newId: () => string;
  /** Which build of the admin this server serves; null when it serves none. */
  build: string | null;
  /** How long to wait, in milliseconds, before a message that LINE did not take is offered again: by attempt, 1, 2, … */
  pause: (attempt: number) => number;
};

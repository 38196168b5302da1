import type { Operator } from '@sala/contracts';
import type { Database } from '@sala/db';
import type { Logger } from 'pino';
import type { Bus } from './bus/bus.ts';
import type { ChannelBook } from './channels/channelBook.ts';
import type { InboxFeed } from './inbox/inboxFeed.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Intake } from './line/intake.ts';
import type { LineClients } from './line/lineClient.ts';
import type { RoomLog } from './log/roomLog.ts';
import type { Directory } from './operators/directory.ts';
import type { Presence } from './presence/presence.ts';
import type { RoomFeeds } from './room/roomFeed.ts';
import type { Wire } from './wire/wire.ts';

/** What the desk stands on. Time, ids and chance come in here, so that tests can hold them. */
export type Foundation = {
  db: Database;
  bus: Bus;
  jobs: Jobs;
  line: LineClients;
  log: Logger;
  clock: () => Date;
  newId: () => string;
  /** How long to wait, in milliseconds, before a message that LINE did not take is offered again: by attempt, 1, 2, … */
  pause: (attempt: number) => number;
};

/** The foundation and what is built on it, one of each per process. Only main.ts and the tests' desk build it. */
export type Deps = Foundation & {
  rooms: RoomLog;
  feeds: RoomFeeds;
  inbox: InboxFeed;
  presence: Presence;
  operators: Directory;
  channels: ChannelBook;
  intake: Intake;
};

/** Who asks, and with what. `wire` is there when they ask over a socket that shared frames can be written to. */
export type Caller = Deps & { operator: Operator; wire?: Wire | undefined };

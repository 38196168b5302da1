import type { Member } from '@sala/contracts';
import type { AuditLog } from './audit/auditLog.ts';
import type { Via } from './auth/identity.ts';
import type { Revocation } from './auth/revocation.ts';
import type { ChannelBook } from './channels/channelBook.ts';
import type { Foundation } from './foundation.ts';
import type { InboxFeed } from './inbox/inboxFeed.ts';
import type { EventStore } from './line/eventStore.ts';
import type { Intake } from './line/intake.ts';
import type { RoomLog } from './log/roomLog.ts';
import type { Notices } from './me/notices.ts';
import type { Directory } from './operators/directory.ts';
import type { Presence } from './presence/presence.ts';
import type { RoomFeeds } from './room/roomFeed.ts';
import type { SettingsBook } from './settings/settingsBook.ts';
import type { Lease } from './wire/lease.ts';
import type { Wire } from './wire/wire.ts';

/** The foundation and what is built on it, one of each per process. Only main.ts and the tests' desk build it. */
export type Deps = Foundation & {
  rooms: RoomLog;
  feeds: RoomFeeds;
  inbox: InboxFeed;
  presence: Presence;
  notices: Notices;
  operators: Directory;
  settings: SettingsBook;
  audit: AuditLog;
  revocation: Revocation;
  channels: ChannelBook;
  events: EventStore;
  intake: Intake;
};

/**
 * Who asks, how they came in and from which address, and with what. `wire` is there when they ask over a socket that shared frames can be written to; `poll` when
 * they ask again and again instead of staying.
 */
export type Caller = Deps & {
  operator: Member;
  via: Via;
  address: string | null;
  wire?: Wire | undefined;
  lease?: Lease | undefined;
  poll?: boolean | undefined;
};

/** Who polls is where they are until their next poll should have come. */
const POLL_LINGERS_MS = 8_000;

/** How long a caller stays where a stream of theirs was, once it has ended. */
export const lingerMs = ({ poll }: Pick<Caller, 'poll'>): number => (poll ? POLL_LINGERS_MS : 0);

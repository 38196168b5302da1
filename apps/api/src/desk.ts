import { AuditLog } from './audit/auditLog.ts';
import { Revocation } from './auth/revocation.ts';
import { Directory } from './operators/directory.ts';
import { ChannelBook } from './channels/channelBook.ts';
import type { Seal } from './channels/seal.ts';
import type { Deps } from './deps.ts';
import type { Foundation } from './foundation.ts';
import { InboxFeed } from './inbox/inboxFeed.ts';
import { EventStore } from './line/eventStore.ts';
import { Intake } from './line/intake.ts';
import { Notices } from './me/notices.ts';
import { RoomLog } from './log/roomLog.ts';
import { Presence } from './presence/presence.ts';
import { RoomFeeds } from './room/roomFeed.ts';
import { SettingsBook } from './settings/settingsBook.ts';

/** Builds the desk on its foundation: what main.ts and the tests share. */
export function createDesk(foundation: Foundation, seal: Seal): Deps & Disposable {
  const rooms = new RoomLog(foundation);
  const feeds = new RoomFeeds(foundation);
  const inbox = new InboxFeed(foundation);
  const presence = new Presence(foundation);
  const notices = new Notices(foundation);
  const operators = new Directory(foundation);
  const settings = new SettingsBook(foundation);
  return {
    ...foundation,
    rooms,
    feeds,
    inbox,
    presence,
    notices,
    operators,
    settings,
    audit: new AuditLog(foundation),
    revocation: new Revocation(foundation),
    events: new EventStore(foundation),
    intake: new Intake(),
    channels: new ChannelBook({ ...foundation, seal }),
    [Symbol.dispose]: () => {
      rooms.close();
      feeds.close();
      inbox.close();
      presence.close();
      notices.close();
      operators.close();
      settings.close();
    },
  };
}

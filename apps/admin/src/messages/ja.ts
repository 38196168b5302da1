import type { Catalog } from './catalog.ts';
import { desk } from './ja/desk.ts';
import { inbox } from './ja/inbox.ts';
import { live } from './ja/live.ts';
import { outbox } from './ja/outbox.ts';
import { room } from './ja/room.ts';
import { together } from './ja/together.ts';
import { account } from './ja/account.ts';
import { people } from './ja/people.ts';
import { settings } from './ja/settings.ts';

export const ja: Catalog = {
  ...desk,
  ...inbox,
  ...outbox,
  ...live,
  ...room,
  ...together,
  ...settings,
  ...account,
  ...people,
};

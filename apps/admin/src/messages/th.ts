import type { Catalog } from './catalog.ts';
import { desk } from './th/desk.ts';
import { inbox } from './th/inbox.ts';
import { live } from './th/live.ts';
import { outbox } from './th/outbox.ts';
import { room } from './th/room.ts';
import { together } from './th/together.ts';
import { account } from './th/account.ts';
import { people } from './th/people.ts';
import { settings } from './th/settings.ts';

export const th: Catalog = {
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

import { desk } from './en/desk.ts';
import { inbox } from './en/inbox.ts';
import { live } from './en/live.ts';
import { outbox } from './en/outbox.ts';
import { room } from './en/room.ts';
import { together } from './en/together.ts';
import { account } from './en/account.ts';
import { people } from './en/people.ts';
import { settings } from './en/settings.ts';

/** The words of the desk. Thai and Japanese follow this shape; a missing key or argument does not compile. */
export const en = { ...desk, ...inbox, ...outbox, ...live, ...room, ...together, ...settings, ...account, ...people };

import type { Catalog } from './catalog.ts';
import { desk } from './th/desk.ts';
import { inbox } from './th/inbox.ts';
import { live } from './th/live.ts';
import { outbox } from './th/outbox.ts';
import { room } from './th/room.ts';
import { together } from './th/together.ts';

export const th: Catalog = { ...desk, ...inbox, ...outbox, ...live, ...room, ...together };

import type { Catalog } from './catalog.ts';
import { desk } from './th/desk.ts';
import { inbox } from './th/inbox.ts';
import { room } from './th/room.ts';

export const th: Catalog = { ...desk, ...inbox, ...room };

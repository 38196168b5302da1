import type { Catalog } from './catalog.ts';
import { desk } from './ja/desk.ts';
import { inbox } from './ja/inbox.ts';
import { room } from './ja/room.ts';

export const ja: Catalog = { ...desk, ...inbox, ...room };

import { desk } from './en/desk.ts';
import { inbox } from './en/inbox.ts';
import { room } from './en/room.ts';

/** The words of the desk. Thai and Japanese follow this shape; a missing key or argument does not compile. */
export const en = { ...desk, ...inbox, ...room };

import type { Me } from '@sala/contracts';

/** A page of the settings. One without a right is everybody's. */
interface Page {
  key: 'me' | 'security' | 'people' | 'teams' | 'keys' | 'audit';
  right?: string;
}

/** Everybody has keys of their own; an admin sees all. */
export const OWN_PAGES = [{ key: 'me' }, { key: 'security' }, { key: 'keys' }] as const satisfies readonly Page[];

export const DESK_PAGES = [
  { key: 'people', right: 'operators.manage' },
  { key: 'teams', right: 'teams.manage' },
  { key: 'audit', right: 'audit.read' },
] as const satisfies readonly Page[];

export type PageKey = Page['key'];

/** The pages of the desk that somebody may open: those of the rights the server names. */
export const deskPagesOf = (me: Me): PageKey[] =>
  DESK_PAGES.filter(({ right }) => me.permissions.includes(right)).map(({ key }) => key);

export const mayOpen = (me: Me, page: PageKey): boolean =>
  OWN_PAGES.some(({ key }) => key === page) || deskPagesOf(me).includes(page);

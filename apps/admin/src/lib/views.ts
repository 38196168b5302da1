import type { InboxView } from '@sala/contracts';

/** The lists, in the order they are shown in. Written out, because the contract's own list would bring its checker along. */
export const VIEWS = Object.keys({
  waiting: true,
  mine: true,
  active: true,
  bot: true,
  closed: true,
  all: true,
} satisfies Record<InboxView, true>) as InboxView[];

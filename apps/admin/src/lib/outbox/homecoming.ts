import type { MessageId } from '@sala/contracts';

/** How long "back, and all of it was sent" stands. */
export const TOLD_FOR_MS = 4_000;

/** What was kept while the desk was out of reach: which of it is still here, and how much has arrived since. */
export interface Homecoming {
  out: ReadonlySet<MessageId>;
  arrived: number;
}

export const AT_HOME: Homecoming = { out: new Set(), arrived: 0 };

/** These are kept while the desk is out of reach. */
export const keptOut = ({ out, arrived }: Homecoming, ids: readonly MessageId[]): Homecoming => ({
  out: new Set([...out, ...ids]),
  arrived,
});

export const arrivedHome = (held: Homecoming, messageId: MessageId): Homecoming =>
  held.out.has(messageId) ? { out: without(held.out, messageId), arrived: held.arrived + 1 } : held;

/** Only these still go by themselves: what was dropped or has stopped does not come home. */
export const stillOut = (held: Homecoming, going: ReadonlySet<MessageId>): Homecoming => ({
  ...held,
  out: new Set([...held.out].filter((id) => going.has(id))),
});

/** How many came home, once all of them have; null before, and when none was out. */
export const cameHome = ({ out, arrived }: Homecoming): number | null =>
  out.size === 0 && arrived > 0 ? arrived : null;

const without = (ids: ReadonlySet<MessageId>, gone: MessageId) => new Set([...ids].filter((id) => id !== gone));

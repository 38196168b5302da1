import {
  type InboxCounts,
  isInSight,
  type Member,
  type OperatorId,
  type Shelf,
  type Sight,
  sightOf,
  type TeamId,
} from '@sala/contracts';
import type { Database } from '@sala/db';
import type { Caller } from '../deps.ts';

/** What is counted, by team; null stands for none. */
export type Counters = {
  shelves: ReadonlyMap<TeamId | null, Partial<Record<Shelf, number>>>;
  held: ReadonlyMap<OperatorId, ReadonlyMap<TeamId | null, number>>;
};

/** How many conversations each view holds for who asks, out of counters that the log keeps. */
export async function counts({ db, operator, settings }: Caller): Promise<InboxCounts> {
  return countsFor(await readCounters(db), operator, sightOf(operator, await settings.get()));
}

/** Every counter. Their keys are those of `countKeys` (log/change.ts). */
export async function readCounters({ pool }: Database): Promise<Counters> {
  const { rows } = await pool.query<{ key: string; count: number }>('select key, count from "InboxCount"');
  const shelves = new Map<TeamId | null, Partial<Record<Shelf, number>>>();
  const held = new Map<OperatorId, Map<TeamId | null, number>>();
  for (const { key, count } of rows) {
    const [what, teamId = null] = key.split('@') as [string, string?];
    if (what.startsWith('mine:')) {
      const operatorId = what.slice('mine:'.length);
      held.set(operatorId, (held.get(operatorId) ?? new Map<TeamId | null, number>()).set(teamId, count));
    } else shelves.set(teamId, { ...shelves.get(teamId), [what]: count });
  }
  return { shelves, held };
}

/** What is in sight, and what they hold out of it. */
export function countsFor(
  { shelves, held }: Counters,
  { operatorId }: Pick<Member, 'operatorId'>,
  sight: Sight,
): InboxCounts {
  const seen = [...shelves].flatMap(([teamId, counted]) => (isInSight(sight, teamId) ? [counted] : []));
  const [waiting, bot, closed] = (['waiting', 'bot', 'closed'] as const).map((shelf) => sum(seen, shelf));
  const own = [...(held.get(operatorId) ?? [])];
  const mine = own.reduce((all, [, count]) => all + count, 0);
  const outOfSight = own.reduce((all, [teamId, count]) => (isInSight(sight, teamId) ? all : all + count), 0);
  const active = sum(seen, 'active') + outOfSight;
  return { waiting: waiting!, active, bot: bot!, closed: closed!, mine, all: waiting! + active + bot! + closed! };
}

const sum = (counted: readonly Partial<Record<Shelf, number>>[], shelf: Shelf): number =>
  counted.reduce((all, one) => all + (one[shelf] ?? 0), 0);

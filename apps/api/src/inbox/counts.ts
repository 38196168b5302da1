import type { InboxCounts, Operator, OperatorId } from '@sala/contracts';
import type { Database } from '@sala/db';
import { mineKey } from '../log/change.ts';

/** How many conversations each view holds, out of counters that the log keeps. */
export async function counts({ db, operator }: { db: Database; operator: Operator }): Promise<InboxCounts> {
  return countsFor(await readCounters(db), operator.operatorId);
}

export async function readCounters({ pool }: Database): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ key: string; count: number }>('select key, count from "InboxCount"');
  return new Map(rows.map(({ key, count }) => [key, count]));
}

export function countsFor(counters: ReadonlyMap<string, number>, operatorId: OperatorId): InboxCounts {
  const of = (key: string) => counters.get(key) ?? 0;
  const [waiting, active, bot, closed] = [of('waiting'), of('active'), of('bot'), of('closed')];
  return { waiting, active, bot, closed, mine: of(mineKey(operatorId)), all: waiting + active + bot + closed };
}

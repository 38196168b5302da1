import type { Deps } from '../deps.ts';

/**
 * A webhook event is kept this long after it came: its id is the only defence against a replay, because LINE's
 * signatures carry no time. What could not be understood is kept, for whoever wants to know why.
 */
const KEPT_MS = 35 * 24 * 3_600_000;

/** A sweep forgets this many at most, so that the first one after a long time does not hold anybody up. */
const PAGE = 500;

/** Forgets events that were recorded long ago; the log has what they said. Answers how many. */
export async function forgetOldEvents({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const { rowCount } = await db.pool.query(
    `delete from "LineEvent" e using (
       select "channelId", "webhookEventId" from "LineEvent" where state = 'done' and "receivedAt" < $1
       order by "receivedAt" limit $2) old
     where e."channelId" = old."channelId" and e."webhookEventId" = old."webhookEventId"`,
    [new Date(clock().getTime() - KEPT_MS), PAGE],
  );
  return rowCount ?? 0;
}

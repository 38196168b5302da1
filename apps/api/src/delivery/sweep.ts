import type { Deps } from '../deps.ts';

const SWEEP_PAGE = 500;

/** What was overdue for this long has no job: its process died between the commit and the asking, or while sending. */
const OVERDUE_MS = 5_000;

/** Wakes every conversation whose oldest delivery was left behind; the others of it wait for that one. Answers how many. */
export async function wakeLeftBehind({ db, jobs, clock }: Deps): Promise<number> {
  const { rows } = await db.pool.query<{ conversationId: string }>(
    `select "conversationId" from "Delivery" d where state = 'owed' and "dueAt" < $1 and not exists (
       select 1 from "Delivery" o where o."conversationId" = d."conversationId" and o.state = 'owed' and o.seq < d.seq)
     order by "dueAt" limit $2`,
    [new Date(clock().getTime() - OVERDUE_MS), SWEEP_PAGE],
  );
  for (const { conversationId } of rows) jobs.wakeDelivery(conversationId);
  return rows.length;
}

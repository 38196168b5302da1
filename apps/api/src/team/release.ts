import type { TeamId } from '@sala/contracts';
import type { Actor } from '../audit/auditLog.ts';
import type { Deps } from '../deps.ts';

/** How many conversations are given back in one go: what is left is taken up by the sweep. */
const PAGE = 100;

/**
 * Gives conversations of a team that is no more to nobody in particular, each by a fact of its own. Answers how many; as
 * many as it may, when there may be more.
 */
export async function release(deps: Pick<Deps, 'db' | 'rooms'>, teamId: TeamId, by: Actor | null): Promise<number> {
  const { rows } = await deps.db.pool.query<{ id: string }>(
    'select id from "Conversation" where "teamId" = $1 order by shelf, "sortedAt", id limit $2',
    [teamId, PAGE],
  );
  for (const { id } of rows) {
    await deps.rooms.change({ conversationId: id, ...(by && { by }) }, (head) =>
      head.teamId === teamId
        ? [{ type: 'conversation.teamed', teamId: null, by: by?.operator.operatorId ?? null }]
        : [],
    );
  }
  return rows.length;
}

/**
 * What was left behind when a team was removed: more than a page, what a crash interrupted, what came meanwhile. The
 * counters say which teams have conversations, so nothing is searched. Answers how many were given back.
 */
export async function releaseLeftBehind(deps: Pick<Deps, 'db' | 'rooms'>): Promise<number> {
  const { rows } = await deps.db.pool.query<{ teamId: string }>(
    `select distinct split_part(key, '@', 2) as "teamId" from "InboxCount"
     where count > 0 and key like '%@%' and not exists (select 1 from "Team" t where t.id = split_part(key, '@', 2))`,
  );
  let released = 0;
  for (const { teamId } of rows) released += await release(deps, teamId, null);
  return released;
}

import type { Deps } from '../deps.ts';
import type { StoredEvent } from './eventStore.ts';
import { ingest, setAside } from './ingest.ts';

/** An acknowledged event older than this that is still pending was left behind by a crash, or could not be recorded. */
const LEFT_BEHIND_MS = 10_000;

/** An event that cannot be recorded is tried for this long; then it is set aside, for somebody to look at. */
const TRIED_FOR_MS = 24 * 3_600_000;

const SWEEP_PAGE = 200;

type Pending = StoredEvent & { channelId: string; receivedAt: Date };

/** Records what was acknowledged and not recorded, oldest first, a page at a time. Answers how many events it found. */
export async function ingestLeftBehind(deps: Deps): Promise<number> {
  let found = 0;
  for (let page = await pendingAfter(deps, null); page.length > 0; page = await pendingAfter(deps, page.at(-1)!)) {
    found += page.length;
    for (const channelId of new Set(page.map((event) => event.channelId))) {
      const channel = await deps.channels.find(channelId);
      if (!channel) continue;
      const failed = await ingest(
        deps,
        channel,
        page.filter((event) => event.channelId === channelId),
      );
      await giveUp(
        deps,
        page.filter(({ webhookEventId }) => failed.includes(webhookEventId)),
      );
    }
  }
  return found;
}

/** A page of what is left behind. A failing event does not hold up those after it: the next page begins behind it. */
async function pendingAfter({ db, clock }: Deps, last: Pending | null): Promise<Pending[]> {
  const { rows } = await db.pool.query<Pending>(
    `select "channelId", "webhookEventId", "receivedAt", payload from "LineEvent"
     where state = 'pending' and "receivedAt" < $1 and ("receivedAt", "webhookEventId") > ($2, $3)
     order by "receivedAt", "webhookEventId" limit $4`,
    [
      new Date(clock().getTime() - LEFT_BEHIND_MS),
      last?.receivedAt ?? '-infinity',
      last?.webhookEventId ?? '',
      SWEEP_PAGE,
    ],
  );
  return rows;
}

async function giveUp(deps: Deps, failed: readonly Pending[]): Promise<void> {
  const since = deps.clock().getTime() - TRIED_FOR_MS;
  for (const { channelId, webhookEventId, receivedAt } of failed) {
    if (receivedAt.getTime() < since) await setAside(deps, channelId, webhookEventId, 'cannot be recorded');
  }
}

import { wakeLeftBehind } from '../delivery/sweep.ts';
import type { Deps } from '../deps.ts';
import { forgetOldEvents } from '../line/forget.ts';
import { ingestLeftBehind } from '../line/sweep.ts';
import { releaseLeftBehind } from '../team/release.ts';

const EVERY_MS = 10_000;

/**
 * Looks now, and then every ten seconds, for what a crash left behind: webhooks acknowledged but not recorded,
 * messages recorded but not on their way, conversations of a team that is no more. And lets go of webhooks that are long done. Ends with `stop`, which waits for the look under way.
 */
export function startSweep(deps: Deps): { stop: () => Promise<void> } {
  let looking: Promise<void> | null = null;
  const look = async () => {
    await forgetOldEvents(deps);
    const [events, deliveries] = [await ingestLeftBehind(deps), await wakeLeftBehind(deps)];
    const released = await releaseLeftBehind(deps);
    if (events + deliveries + released > 0) {
      deps.log.info({ events, deliveries, released }, 'took up what was left behind');
    }
  };
  const next = () => {
    // A look that takes longer than the pause between two is not followed by a queue of them.
    looking ??= look()
      .catch((error: unknown) => deps.log.error({ err: error }, 'the sweep failed; it looks again'))
      .finally(() => (looking = null));
  };
  next();
  const timer = setInterval(next, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from '@sala/db';

/** Who asks wants to know whether a customer would be answered now. */
const ANSWERS_WITHIN_MS = 2_000;

/** Answers whether the database answers, soon. Many who ask at once cost one query, also while it hangs. */
export function readinessOf(pool: Pick<Pool, 'query'>, withinMs = ANSWERS_WITHIN_MS): () => Promise<boolean> {
  let asking: Promise<boolean> | null = null;
  return () => {
    asking ??= pool
      .query('select 1')
      .then(
        () => true,
        () => false,
      )
      .finally(() => (asking = null));
    return Promise.race([asking, pause(withinMs, false, { ref: false })]);
  };
}

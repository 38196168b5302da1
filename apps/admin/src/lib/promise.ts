/** How soon a waiting customer is promised a person. */
export const FIRST_REPLY_MS = 5 * 60_000;

export type Heat = 'calm' | 'warn' | 'over';

/** Neutral to two thirds of the promise, lamp to its end, laterite past it. */
export function heatOf(waitedMs: number, promiseMs = FIRST_REPLY_MS): Heat {
  if (waitedMs >= promiseMs) return 'over';
  return waitedMs >= (promiseMs * 2) / 3 ? 'warn' : 'calm';
}

/** The share of the promise that is used up, in percent, for a shadow's width. */
export const usedUp = (waitedMs: number, promiseMs = FIRST_REPLY_MS): number =>
  Math.min(100, Math.max(0, (waitedMs / promiseMs) * 100));

/** The first pause, and the longest, between two attempts. */
const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;

/** How long after `attempt` (1, 2, …) to ask again: doubling, and spread over half of itself so that a crowd disperses. */
export function pauseAfter(attempt: number, chance: () => number, firstMs = FIRST_MS): number {
  const pause = Math.min(LONGEST_MS, firstMs * 2 ** Math.min(attempt - 1, 20));
  return Math.round(pause * (0.5 + chance() / 2));
}

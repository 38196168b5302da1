const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** Grows from one second to thirty; the half that is left to chance keeps a thousand desks from knocking at once. */
export function backoffMs(attempt: number, chance: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return ceiling / 2 + (ceiling / 2) * chance();
}

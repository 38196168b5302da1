/** How long to wait at most, in milliseconds. */
export type Within = { withinMs?: number };

const USUAL_WAIT_MS = 5_000;
/** One question is open for so long at the most; then it is asked again. */
const ONE_QUESTION_MS = 10_000;

/**
 * Asks until `look` finds what it is looking for. Each question waits on the simulator's side for news,
 * so nothing is polled and nothing sleeps. Rejects after `withinMs` with what `otherwise` says.
 */
export async function waitFor<T>(
  look: (waitMs: number) => Promise<T | undefined>,
  { withinMs = USUAL_WAIT_MS }: Within,
  otherwise: () => string,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  let found = await look(0);
  while (found === undefined) {
    const leftMs = Math.ceil(deadline - performance.now());
    if (leftMs <= 0) throw new Error(`${otherwise()} (waited ${withinMs} ms)`);
    found = await look(Math.min(leftMs, ONE_QUESTION_MS));
  }
  return found;
}

import { setTimeout as pause } from 'node:timers/promises';

/** Clients that are told to leave come back at once, to the servers that stay: not all in the same moment. */
const APART_MS = 20;
const SPREAD_WITHIN_MS = 3_000;

/** Ends many things one after another, over a few seconds when they are many. Resolves when the last was told. */
export async function sayFarewell(goodbyes: readonly (() => void)[]): Promise<void> {
  const apart = Math.min(APART_MS, SPREAD_WITHIN_MS / goodbyes.length);
  const began = performance.now();
  for (const [index, goodbye] of goodbyes.entries()) {
    const early = index * apart - (performance.now() - began);
    if (early > 1) await pause(early);
    goodbye();
  }
}

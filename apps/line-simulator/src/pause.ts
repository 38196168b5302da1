import { setTimeout as wait } from 'node:timers/promises';

/** Waits `ms` milliseconds, or until `signal` aborts; it never rejects. Answers whether the wait was served in full. */
export async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  if (ms <= 0) return !signal.aborted;
  try {
    await wait(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

import { setTimeout as pause } from 'node:timers/promises';

/** The same promise, or an error that names what was waited for when `ms` have passed. */
export async function within<T>(ms: number, what: () => string, promise: Promise<T>): Promise<T> {
  const late = new AbortController();
  const tooLong = pause(ms, undefined, { signal: late.signal }).then(() => {
    throw new Error(`waited ${ms} ms in vain: ${what()}`);
  });
  try {
    return await Promise.race([promise, tooLong]);
  } finally {
    late.abort();
    tooLong.catch(() => undefined); // it was told to end
  }
}

/** Looks until it is so; an error that names what was waited for when `ms` have passed. */
export async function until(isSo: () => boolean | Promise<boolean>, ms: number, what: string): Promise<void> {
  const end = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await pause(50);
  }
}

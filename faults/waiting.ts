import { setTimeout as pause } from 'node:timers/promises';

/** The same promise, or an error that names what was waited for when `ms` have passed. */
export async function within<T>(ms: number, what: () => string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${ms} ms in vain: ${what()}`)), ms);
  });
  return Promise.race([promise, tooLong]).finally(() => clearTimeout(timer));
}

/** Looks until it is so; an error that names what was waited for when `ms` have passed. */
export async function until(isSo: () => boolean | Promise<boolean>, ms: number, what: string): Promise<void> {
  const end = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await pause(50);
  }
}

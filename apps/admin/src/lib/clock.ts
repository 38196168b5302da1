import { useLayoutEffect, useSyncExternalStore } from 'react';

/** One timer for every running time on the screen, so that a hundred rows cost one wake-up a second. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((each) => each()), 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** Runs `step` now and once a second: it writes to the page itself, nothing is rendered. */
export function useEverySecond(step: (now: number) => void): void {
  // Before the paint: a row that scrolls into view has its clock at once.
  useLayoutEffect(() => {
    const run = () => step(Date.now());
    run();
    return listen(run);
  }, [step]);
}

/** The current second, for the few places that render it. */
export const useSecond = (): number => useSyncExternalStore(listen, () => Math.floor(Date.now() / 1000));

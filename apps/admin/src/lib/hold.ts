/**
 * Holds a lock of this browser from when it is granted (`isHeld` true) until the answer is called. A tab that dies lets
 * go of its locks. Null where the browser has none: a page that came over plain HTTP.
 */
export function hold(name: string, mode: LockMode, isHeld: (held: boolean) => void): (() => void) | null {
  if (!('locks' in navigator)) return null;
  const waiting = new AbortController();
  let letGo: (() => void) | null = null;
  const keep = () => {
    isHeld(true);
    return new Promise<void>((resolve) => (letGo = resolve));
  };
  navigator.locks.request(name, { mode, signal: waiting.signal }, keep).catch((error: unknown) => {
    // No longer wanted before its turn came.
    if (!waiting.signal.aborted) reportError(error);
  });
  return () => {
    waiting.abort();
    letGo?.();
    isHeld(false);
  };
}

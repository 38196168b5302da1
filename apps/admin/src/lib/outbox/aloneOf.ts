/** Does `work` while no other tab does, once it is this tab's turn, until `signal` ends it. */
export type Alone = (work: () => Promise<void>, signal: AbortSignal) => void;

/**
 * One tab at a time, by a lock that the browser takes from a tab that dies. Pages that came over plain HTTP have no
 * locks: there every tab works at once.
 */
export const aloneOf =
  (name: string): Alone =>
  (work, signal) => {
    if (!('locks' in navigator)) {
      void work();
      return;
    }
    navigator.locks.request(name, { signal }, work).catch((error: unknown) => {
      // The turn never came before the page went on.
      if (!signal.aborted) throw error;
    });
  };

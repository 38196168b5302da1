import { hold } from '../hold.ts';

/** Does `work` while no other tab does, once it is this tab's turn, until `signal` ends it. */
export type Alone = (work: () => Promise<void>, signal: AbortSignal) => void;

/** One tab at a time, where the browser has locks; where it has none, every tab works at once. */
export const aloneOf =
  (name: string): Alone =>
  (work, signal) => {
    const letGo = hold(name, 'exclusive', (isHeld) => {
      if (isHeld) void work().finally(() => letGo?.());
    });
    if (letGo) signal.addEventListener('abort', letGo, { once: true });
    else void work();
  };

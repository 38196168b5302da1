import { useSyncExternalStore } from 'react';
import type { DeskSound } from './nextSound.ts';
import { strike } from './tones.ts';

/** A context at rest costs nothing: it sleeps this long after the last sound. */
const REST_AFTER_MS = 1_000;
/** Each call that goes unheard is this much louder. */
const LOUDER = 1.35;
/** Full volume: a sine this strong is heard across a desk and does not startle. */
const FULL = 0.4;

const GESTURES = ['pointerdown', 'keydown'] as const;

/** Browsers let a page sound only after its reader has touched it. */
let context: AudioContext | null = null;
let isAsleep: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function wake(): void {
  stopWaiting();
  context = new AudioContext();
  void context.suspend();
  listeners.forEach((each) => each());
}

function stopWaiting(): void {
  for (const gesture of GESTURES) removeEventListener(gesture, wake, true);
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  if (!context && typeof AudioContext !== 'undefined') {
    if (navigator.userActivation?.hasBeenActive) wake();
    else for (const gesture of GESTURES) addEventListener(gesture, wake, true);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) stopWaiting();
  };
}

/** Whether this tab may sound. It can, from its reader's first key or touch on. */
export const useCanSound = (): boolean => useSyncExternalStore(listen, () => context !== null);

/** Sounds in this tab, if it may. `volume` in percent; `step`: how often it has gone unheard. */
export async function sound(kind: DeskSound, { volume, step }: { volume: number; step: number }): Promise<void> {
  if (!context) return;
  clearTimeout(isAsleep);
  await context.resume();
  // Ears hear powers: half of the way is to sound like half as loud.
  strike(context, kind, Math.min(1, (volume / 100) ** 2 * FULL * LOUDER ** step));
  isAsleep = setTimeout(() => void context?.suspend(), REST_AFTER_MS);
}

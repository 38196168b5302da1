import { useEffect, useRef } from 'react';
import { tinykeys } from 'tinykeys';
import { isComposing } from './composing.ts';

/** What each key does, by its place on the keyboard (`KeyC`), so that it works under every layout. Null: not now. */
export type KeyMap = Record<string, ((event: KeyboardEvent) => void) | null | undefined>;

/** How long after G its second letter is waited for. */
const CHORD_MS = 1_200;

/** Until when the next letter belongs to a G and is no act of its own. */
let chordUntil = 0;

export function armChord(event: KeyboardEvent): void {
  chordUntil = event.timeStamp + CHORD_MS;
}

const endChord = (): void => {
  chordUntil = 0;
};

/** Listens while mounted. Keys rest in text fields, while an input method composes, on repeat, and under anything that floats. */
export function useKeys(keys: KeyMap): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  const names = Object.keys(keys).join('|');

  useEffect(() => {
    const bound = names.split('|').map((name) => [
      name,
      (event: KeyboardEvent) => {
        const act = latest.current[name];
        const isSecond = name.includes(' ');
        if (!act || isAtRest(event) || (!isSecond && event.timeStamp < chordUntil)) return;
        // The other listeners of this press must still see that it belonged to a chord.
        if (isSecond) setTimeout(endChord);
        event.preventDefault();
        act(event);
      },
    ]);
    return tinykeys(window, Object.fromEntries(bound), { timeout: CHORD_MS });
  }, [names]);
}

function isAtRest(event: KeyboardEvent): boolean {
  if (event.repeat || event.defaultPrevented || isComposing(event)) return true;
  if (!(event.target instanceof HTMLElement)) return false;
  if (event.code === 'F6') return false;
  // Enter belongs to whatever has the focus: links and buttons are pressed with it.
  if (event.code === 'Enter' && event.target !== document.body) return true;
  return event.target.closest('input, textarea, select, [contenteditable], [role=dialog], [role=menu]') !== null;
}

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The name of the modifier on this device. */
export const MOD = isApple ? '⌘' : 'Ctrl';

import type { Virtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, type RefObject, useRef } from 'react';

/** The list is one tab stop: arrows, Home and End walk its rows. */
export function useListKeys(
  list: RefObject<HTMLElement | null>,
  rows: Virtualizer<HTMLDivElement, Element>,
  count: number,
) {
  const focused = useRef(0);

  const walkTo = (index: number) => {
    const target = Math.max(0, Math.min(count - 1, index));
    rows.scrollToIndex(target);
    // The row may only be rendered by the scroll.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-index="${target}"] a`)?.focus());
  };

  return {
    onFocus: (event: FocusEvent) => {
      focused.current = Number(event.target.closest<HTMLElement>('[data-index]')?.dataset.index ?? 0);
    },
    onKeyDown: (event: KeyboardEvent) => {
      const to = {
        ArrowDown: focused.current + 1,
        ArrowUp: focused.current - 1,
        Home: 0,
        End: count - 1,
      }[event.key];
      if (to === undefined || event.nativeEvent.isComposing) return;
      event.preventDefault();
      walkTo(to);
    },
  };
}

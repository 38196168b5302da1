import { type RefObject, useLayoutEffect } from 'react';

/** How tall the box may become before it scrolls. */
const TALLEST_PX = 220;

/** Makes a text box as tall as what is in it. */
export function useGrowing(box: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(TALLEST_PX, element.scrollHeight)}px`;
  }, [box, text]);
}

import type { Entry } from '@sala/contracts';
import { type RefObject, useEffect, useEffectEvent, useState } from 'react';

/** How far from the newest line still counts as being there. */
const NEAR_PX = 60;

/** Whether the reader is at the end, and what has come since they left it. A log that shrinks keeps who is there at the end. */
export function useEnd(scroller: RefObject<HTMLElement | null>, entries: readonly Entry[], toEnd: () => void) {
  const newest = entries.reduce((seq, entry) => Math.max(seq, entry.seq), 0);
  const [seen, setSeen] = useState(newest);
  const [isAtEnd, setIsAtEnd] = useState(true);
  if (isAtEnd && seen !== newest) setSeen(newest);

  const onResize = useEffectEvent(() => {
    if (isAtEnd) toEnd();
  });
  // The browser's own End goes to where the end was before the lines there were measured.
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'End' || event.target !== scroller.current) return;
    event.preventDefault();
    toEnd();
  });
  useEffect(() => {
    if (!scroller.current) return;
    const log = scroller.current;
    const sizes = new ResizeObserver(() => onResize());
    sizes.observe(log);
    log.addEventListener('keydown', onKey);
    return () => {
      sizes.disconnect();
      log.removeEventListener('keydown', onKey);
    };
  }, [scroller]);

  const isNews = (entry: Entry) => entry.type === 'message' && entry.author.type === 'customer' && entry.seq > seen;
  return {
    isAtEnd,
    news: isAtEnd ? 0 : entries.filter(isNews).length,
    noticeScroll: () => {
      const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = scroller.current ?? {};
      setIsAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_PX);
    },
  };
}

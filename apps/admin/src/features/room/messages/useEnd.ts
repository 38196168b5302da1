import type { Entry } from '@sala/contracts';
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';

/** How far from the newest line still counts as being there. */
const NEAR_PX = 60;

/** A scroll this soon after a key, the wheel or a touch is the reader's. Any other is lines being measured. */
const BY_HAND_MS = 1_000;

/**
 * Whether the reader is at the end, and what has come since they left it. Only the reader leaves: where lines that are
 * measured, or older ones that come, move the log away from its end, it is brought back.
 */
export function useEnd(scroller: RefObject<HTMLElement | null>, entries: readonly Entry[], toEnd: () => void) {
  const newest = entries.reduce((seq, entry) => Math.max(seq, entry.seq), 0);
  const [seen, setSeen] = useState(newest);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const movedAt = useRef(-Infinity);
  if (isAtEnd && seen !== newest) setSeen(newest);

  const goToEnd = () => {
    movedAt.current = -Infinity;
    setIsAtEnd(true);
    toEnd();
  };
  const noticeScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = scroller.current ?? {};
    const fromEnd = scrollHeight - scrollTop - clientHeight;
    const isByHand = performance.now() - movedAt.current < BY_HAND_MS;
    if (isByHand || !isAtEnd) setIsAtEnd(fromEnd < NEAR_PX);
    else if (fromEnd > 1) toEnd();
  };

  const stay = useEffectEvent(() => {
    if (isAtEnd) toEnd();
  });
  // The browser's own End goes to where the end was before the lines there were measured.
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'End' || event.target !== scroller.current) return;
    event.preventDefault();
    goToEnd();
  });
  // Several lines that come in one frame may move the end further away than the list follows by itself.
  useLayoutEffect(() => {
    if (newest > 0) stay();
  }, [newest]);
  useEffect(() => {
    const log = scroller.current;
    if (!log) return;
    const moved = movedAt;
    const leaving = new AbortController();
    const { signal } = leaving;
    for (const hand of ['keydown', 'wheel', 'pointerdown', 'touchmove']) {
      log.addEventListener(hand, () => (moved.current = performance.now()), { passive: true, signal });
    }
    log.addEventListener('keydown', onKey, { signal });
    const sizes = new ResizeObserver(() => stay());
    sizes.observe(log);
    return () => {
      sizes.disconnect();
      leaving.abort();
    };
  }, [scroller]);

  const isNews = (entry: Entry) => entry.type === 'message' && entry.author.type === 'customer' && entry.seq > seen;
  return { isAtEnd, news: isAtEnd ? 0 : entries.filter(isNews).length, goToEnd, noticeScroll };
}

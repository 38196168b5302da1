import type { RoomView } from '@sala/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useUnsent } from '../../../lib/outbox/useOutbox.ts';
import { Button } from '../../../ui/Button.tsx';
import { cx } from '../../../ui/cx.ts';
import { useHistory } from '../useHistory.ts';
import { Arrivals } from './Arrivals.tsx';
import { linesOf, unsentLines } from './lines.ts';
import { LineView } from './LineView.tsx';
import { UnsentNews } from './UnsentNews.tsx';
import { useEnd } from './useEnd.ts';
import { useSentNow } from './useSentNow.ts';

/** How near the top older messages are asked for. */
const LOOK_BACK_PX = 600;

/** The log of a room. It stays at the newest line while the reader is there, and where they are while they are not. */
export function MessageList({ room }: { room: RoomView }) {
  const t = useTranslations();
  const scroller = useRef<HTMLDivElement>(null);
  const { entries, fromSeq } = room;
  const unsent = useUnsent(room);
  const known = useMemo(() => linesOf({ entries, fromSeq }), [entries, fromSeq]);
  const lines = useMemo(() => [...known, ...unsentLines(unsent, known)], [known, unsent]);
  const { older, isWhole, busy, failed } = useHistory(room);

  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.type === 'message' || lines[index]?.type === 'unsent' ? 56 : 32),
    getItemKey: (index) => lines[index]!.key,
    overscan: 12,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: 60,
    paddingEnd: 14,
  });
  const { isAtEnd, news, goToEnd, noticeScroll } = useEnd(scroller, entries, () => virtual.scrollToEnd());

  // Whoever sends wants to see it arrive, wherever they were reading.
  useSentNow(unsent, goToEnd);

  const lookBack = () => {
    if (older && !failed && (scroller.current?.scrollTop ?? Infinity) < LOOK_BACK_PX) older();
  };
  // A first page that does not fill the room leaves nothing to scroll.
  useEffect(lookBack);

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        role="log"
        aria-label={t('room.log')}
        aria-live="off"
        // Read with the keyboard: arrows and page keys scroll it.
        tabIndex={0}
        onScroll={() => {
          noticeScroll();
          lookBack();
        }}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain pr-5 -outline-offset-2 [overflow-anchor:none] [scrollbar-width:thin] max-pane:px-3"
      >
        {(isWhole || busy || failed) && (
          <output className="mt-auto block shrink-0 pt-4 pl-(--gutter) text-small text-ink-3">
            {failed ? t('room.historyFailed') : busy ? t('room.looking') : t('room.beginning')}{' '}
            {failed && older && (
              <button type="button" className="link" onClick={older}>
                {t('desk.tryAgain')}
              </button>
            )}
          </output>
        )}
        <div
          className={cx('relative w-full shrink-0', !isWhole && !busy && !failed && 'mt-auto')}
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map((item) => (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <LineView line={lines[item.index]!} room={room} />
            </div>
          ))}
        </div>
      </div>
      {!isAtEnd && (
        <Button className="absolute bottom-2 left-1/2 -translate-x-1/2 shadow-lift-1" onClick={goToEnd}>
          {news > 0 ? t('room.newBelow', { n: news }) : t('room.toEnd')}
        </Button>
      )}
      <Arrivals room={room} />
      <UnsentNews unsent={unsent} />
    </div>
  );
}

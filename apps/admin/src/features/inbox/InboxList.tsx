import type { ConversationId, InboxRow as Row, InboxView } from '@sala/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useLostRow } from '../../lib/desk/lostRace.ts';
import { useKeys } from '../../lib/keys.ts';
import { withLost } from './arrange.ts';
import { InboxRow } from './InboxRow.tsx';
import { useFrozenOrder } from './useFrozenOrder.ts';
import { useListKeys } from './useListKeys.ts';

interface Props {
  view: InboxView;
  rows: Row[];
  openId: ConversationId | null;
  open: (conversationId: ConversationId) => void;
  /** Null when everything is loaded. */
  more: { load: () => void; busy: boolean; failed: boolean } | null;
}

/** How near the foot the next page is asked for. */
const ROWS_AHEAD = 12;

export function InboxList({ view, rows, openId, open, more }: Props) {
  const t = useTranslations();
  const scroller = useRef<HTMLDivElement>(null);
  const lost = useLostRow();
  // It was lost in the queue: only there does it have a place to tell of it.
  const lostRow = view === 'waiting' ? (lost?.row ?? null) : null;
  const all = useMemo(() => withLost(rows, lostRow, view), [rows, lostRow, view]);
  const { rows: shown, left, newAbove, letIn, pointer } = useFrozenOrder(all, view);

  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 64,
    getItemKey: (index) => shown[index]!.conversationId,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const keys = useListKeys(scroller, virtual, shown.length);

  const lastIndex = items.at(-1)?.index ?? 0;
  const isNearFoot = lastIndex >= shown.length - ROWS_AHEAD;
  const mayLoad = more !== null && !more.busy && !more.failed;
  const load = more?.load;
  useEffect(() => {
    if (isNearFoot && mayLoad) load?.();
  }, [isNearFoot, mayLoad, load]);

  const step = (by: 1 | -1) => () => {
    const here = shown.findIndex((row) => row.conversationId === openId);
    const ahead = by === 1 ? shown.slice(here + 1) : shown.slice(0, Math.max(0, here)).toReversed();
    // A row that only waits for the hand to go is passed over.
    const next = ahead.find((row) => !left.has(row.conversationId));
    if (next) open(next.conversationId);
  };
  useKeys({ KeyJ: step(1), KeyK: step(-1) });

  const openIndex = shown.findIndex((row) => row.conversationId === openId);
  useEffect(() => {
    if (openIndex >= 0) virtual.scrollToIndex(openIndex, { align: 'auto' });
    // Only when another row opens: a list that moves on its own may leave the open row behind.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [openId]);

  // One row takes the Tab key: the open one, or, once that is out of sight, the first that is not.
  const isOpenInSight = items.some((item) => item.index === openIndex);
  const tabStop = isOpenInSight ? openIndex : (virtual.range?.startIndex ?? 0);

  return (
    <div className="relative flex min-h-0 flex-1 flex-col" {...pointer}>
      {newAbove > 0 && (
        <button
          type="button"
          onClick={() => {
            letIn();
            virtual.scrollToOffset(0);
          }}
          className="h-8 shrink-0 px-4 text-left text-small font-firm text-khram-ink hover:bg-hover"
        >
          {t('inbox.newAbove', { n: newAbove })}
        </button>
      )}
      <div
        ref={scroller}
        {...keys}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain py-1 [scrollbar-width:thin]"
      >
        <ul
          aria-label={t('inbox.list', { view: t(`views.${view}`) })}
          className="relative"
          style={{ height: virtual.getTotalSize() }}
        >
          {items.map((item) => {
            const row = shown[item.index]!;
            return (
              <li
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                aria-setsize={more ? -1 : shown.length}
                aria-posinset={item.index + 1}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <InboxRow
                  row={row}
                  view={view}
                  isOpen={row.conversationId === openId}
                  hasLeft={left.has(row.conversationId)}
                  lost={lost?.conversationId === row.conversationId ? lost : null}
                  tabIndex={item.index === tabStop ? 0 : -1}
                />
              </li>
            );
          })}
        </ul>
        {more?.busy && <p className="px-4 py-2 text-small text-ink-3">{t('inbox.loadingMore')}</p>}
        {more?.failed && (
          <p role="alert" className="px-4 py-2 text-small text-ink-2">
            {t('inbox.moreFailed')}{' '}
            <button type="button" className="link" onClick={more.load}>
              {t('desk.tryAgain')}
            </button>
          </p>
        )}
      </div>
    </div>
  );
}

import type { InboxRow } from '@sala/contracts';
import { useTranslations } from 'use-intl';
import { useSecond } from '../../lib/clock.ts';
import { isVouched, useConnection } from '../../lib/live/connection.ts';
import { heatOf } from '../../lib/promise.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { RunningTime } from '../../ui/Shade.tsx';

interface Props {
  waiting: number;
  longest: InboxRow | null;
  takeNext: (() => void) | null;
}

/** The queue, which no other list may hide. It leaves when nobody waits. */
export function QueueStrip({ waiting, longest, takeNext }: Props) {
  const t = useTranslations('inbox');
  const vouched = isVouched(useConnection());
  const since = longest?.head.session?.since;
  const isOver = heatOf(useSecond() * 1000 - Date.parse(since ?? '')) === 'over';
  if (waiting === 0) return null;

  return (
    <section
      aria-label={t('queueLabel')}
      className={cx(
        'flex h-11 shrink-0 items-center gap-2.5 border-b border-line pr-2.5 pl-4 max-pane:h-14',
        isOver && vouched && 'bg-laterite-wash',
      )}
    >
      <span className="cut flex-1">
        <span className={cx('num font-firm', !vouched && 'font-plain text-ink-3')}>{t('waiting', { n: waiting })}</span>
        {since && (
          <span className="text-ink-3">
            {' '}
            · <span className="pane:max-desk:unseen">{t('longest')} </span>
            <RunningTime since={since} className="font-firm text-ink" />
          </span>
        )}
      </span>
      <Button onClick={takeNext} keyCap="N" className="h-7">
        {t('takeNext')}
      </Button>
    </section>
  );
}

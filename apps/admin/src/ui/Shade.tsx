import type { Instant } from '@sala/contracts';
import { useCallback, useRef } from 'react';
import { useEverySecond } from '../lib/clock.ts';
import { duration } from '../lib/format/duration.ts';
import { isVouched, useConnection } from '../lib/live/connection.ts';
import { heatOf, usedUp } from '../lib/promise.ts';
import { cx } from './cx.ts';

/** The shadow of a running time under the thing that waits. Its parent is `relative isolate`. */
export function Shade({ since }: { since: Instant }) {
  const shade = useRef<HTMLSpanElement>(null);
  const step = useCallback(
    (now: number) => {
      const waitedMs = now - Date.parse(since);
      shade.current?.style.setProperty('--t', `${usedUp(waitedMs).toFixed(1)}%`);
      shade.current?.setAttribute('data-heat', heatOf(waitedMs));
    },
    [since],
  );
  useEverySecond(step);
  return <span ref={shade} aria-hidden="true" className="shade" data-testid="shade" />;
}

/** The same time in figures; set back while the screen cannot vouch that it still runs. */
export function RunningTime({ since, className }: { since: Instant; className?: string }) {
  const isStale = !isVouched(useConnection());
  const figures = useRef<HTMLTimeElement>(null);
  const step = useCallback(
    (now: number) => {
      const waitedMs = now - Date.parse(since);
      if (!figures.current) return;
      figures.current.textContent = duration(waitedMs);
      figures.current.dataset.heat = heatOf(waitedMs);
    },
    [since],
  );
  useEverySecond(step);
  return (
    <time
      ref={figures}
      dateTime={since}
      role="timer"
      aria-live="off"
      className={cx('num', isStale ? 'text-ink-3' : 'heat', className, isStale && 'font-plain text-ink-3')}
    />
  );
}

import { useTranslations } from 'use-intl';
import { useSecond } from '../../lib/clock.ts';
import { type Connection, useConnection } from '../../lib/live/connection.ts';
import { lastHeardAt } from '../../lib/live/hearing.ts';
import { cx } from '../../ui/cx.ts';

/** A join that is over sooner is not worth a word. */
const WORTH_A_WORD_S = 1.5;

/** How live the desk is, in two short lines: the state, and since when. */
export function ConnectionMark({ inRow = false }: { inRow?: boolean }) {
  const t = useTranslations('connection');
  const second = useSecond();
  const connection = useConnection();
  const state = stateShown(connection, second);
  const seconds = Math.max(0, second - Math.floor((state === 'live' ? lastHeardAt() : connection.since) / 1000));

  return (
    <div
      data-connection={connection.type}
      className={cx(
        'grid justify-items-center gap-[5px] text-center text-[0.65625rem]/[0.875rem] font-firm text-roof-ink-2',
        state !== 'live' && 'text-roof-ink',
        inRow && 'grid-flow-col items-center justify-start gap-2 text-left text-small text-ink-3',
      )}
    >
      <span
        aria-hidden="true"
        className={cx('size-[7px]', state === 'live' ? 'rounded-round bg-leaf' : 'rounded-[1px] bg-lamp')}
      />
      <span className={cx('num', inRow && 'flex gap-1')}>
        {/* The state is announced when it changes; the seconds are not. */}
        <output aria-label={`${t('label')}: ${t(state)}`} className="block max-w-12 text-balance">
          {t(state)}
        </output>
        {state !== 'signedOut' && (
          <span className="block">
            {seconds < 60 ? t('seconds', { n: seconds }) : t('minutes', { n: Math.floor(seconds / 60) })}
          </span>
        )}
      </span>
    </div>
  );
}

function stateShown(connection: Connection, second: number): 'live' | 'joining' | 'offline' | 'signedOut' {
  switch (connection.type) {
    case 'live':
    case 'offline':
    case 'signedOut':
      return connection.type;
    case 'connecting':
    case 'reconnecting':
      return second - connection.since / 1000 < WORTH_A_WORD_S ? 'live' : 'joining';
  }
}

import { useTranslations } from 'use-intl';
import { useSecond } from '../../lib/clock.ts';
import { useConnection } from '../../lib/live/connection.ts';
import { useTold } from '../../lib/live/desk.ts';
import { lastHeardAt, tryNow } from '../../lib/live/pageLine.ts';
import { cx } from '../../ui/cx.ts';
import { Tip } from '../../ui/Tip.tsx';
import { Act } from './Act.tsx';
import { ageSeconds, isWaiting, shown } from './shown.ts';

/**
 * How live the desk is, in two short lines: the state, and since when. Below them what can be done about it; on a
 * phone beside them. `isLine`: all of it in one line.
 */
export function ConnectionMark({ isLine = false }: { isLine?: boolean }) {
  const t = useTranslations('connection');
  const second = useSecond();
  const connection = useConnection();
  const told = useTold();
  const state = shown(connection, told.health, second * 1000);
  const isLive = connection.type === 'live';
  const seconds = ageSeconds(connection, lastHeardAt(), second);
  const via = 'via' in connection ? connection.via : undefined;
  const tips = [t(`${state.word}Tip`), ...(state.alsoPath ? [t(`${state.alsoPath}Tip`)] : [])];

  return (
    <div
      data-connection={connection.type}
      data-via={via}
      className={cx(
        'grid items-center justify-items-center gap-[5px] text-center max-pane:grid-flow-col max-pane:gap-3 text-[0.65625rem]/[0.875rem] font-firm text-roof-ink-2',
        state.lamp === 'alert' && 'text-roof-ink',
        isLine && 'whitespace-nowrap',
      )}
    >
      <Tip words={<span className="block max-w-80">{tips.join(' ')}</span>}>
        <div className={cx('grid items-center justify-items-center gap-[5px]', isLine && 'grid-flow-col')}>
          <span aria-hidden="true" className={cx('size-[7px]', LAMPS[state.lamp])} />
          <span className={cx('num', isLine && 'flex gap-[5px]')}>
            {/* The state is announced when it changes; the seconds are not. */}
            <output
              aria-label={`${t('label')}: ${t(state.word)}`}
              className={cx('block', isLine || 'max-w-13 text-balance')}
            >
              {t(state.word)}
            </output>
            {connection.type !== 'signedOut' && connection.type !== 'revoked' && (
              <span className="block">
                {seconds < 60 ? t('seconds', { n: seconds }) : t('minutes', { n: Math.floor(seconds / 60) })}
              </span>
            )}
          </span>
        </div>
      </Tip>
      {isWaiting(connection, second * 1000) && <Act onClick={tryNow}>{t('tryNow')}</Act>}
      {isLive && told.isNewBuild && (
        <Tip words={<span className="block max-w-80">{t('newBuildTip')}</span>}>
          <div className="max-pane:flex max-pane:items-center max-pane:gap-2 max-pane:whitespace-nowrap">
            {/* Announced once; nothing is forced. */}
            <output className="block text-balance pane:max-w-13">{t('newBuild')}</output>
            <Act onClick={() => location.reload()}>{t('reload')}</Act>
          </div>
        </Tip>
      )}
    </div>
  );
}

const LAMPS = { live: 'rounded-round bg-leaf', slow: 'rounded-[1px] bg-roof-ink-2', alert: 'rounded-[1px] bg-lamp' };

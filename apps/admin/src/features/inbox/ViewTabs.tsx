import type { InboxCounts, InboxView } from '@sala/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { isVouched, useConnection } from '../../lib/live/connection.ts';
import { VIEWS } from '../../lib/views.ts';
import { cx } from '../../ui/cx.ts';

const TABS = VIEWS.filter((view) => view !== 'all');

/** The lists, each a figure above its word. Figures the screen cannot vouch for are set back. */
export function ViewTabs({ view, counts }: { view: InboxView; counts: InboxCounts | undefined }) {
  const t = useTranslations('views');
  const vouched = isVouched(useConnection());

  return (
    <nav
      aria-label={t('label')}
      className="grid shrink-0 auto-cols-fr grid-flow-col border-b border-line px-2 max-pane:px-1"
    >
      {TABS.map((each) => (
        <Link
          key={each}
          to="/inbox/$view"
          params={{ view: each }}
          aria-current={each === view ? 'page' : undefined}
          className={cx(
            'relative block min-w-0 rounded-t-control px-2 pt-1 pb-2 -outline-offset-2 hover:bg-hover',
            each === view ? 'text-ink' : 'text-ink-3',
          )}
        >
          <span
            className={cx(
              'num block text-lead/6',
              each === view ? 'font-strong text-ink' : 'font-firm text-ink-2',
              !vouched && 'font-plain text-ink-3',
            )}
          >
            {counts?.[each] ?? '\u2007'}
          </span>
          <span className={cx('cut block text-micro/[1.125rem]', each === view && 'font-firm')}>{t(each)}</span>
          {each === view && <span aria-hidden="true" className="absolute inset-x-2 -bottom-px h-0.5 bg-ink" />}
        </Link>
      ))}
    </nav>
  );
}

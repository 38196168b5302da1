import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useMe } from '../../lib/desk/me.ts';
import { cx } from '../../ui/cx.ts';
import { deskPagesOf, OWN_PAGES, type PageKey } from './pages.ts';

/** The list of the settings: beside the open page, or on a phone a page of its own. */
export function SettingsNav({ className }: { className?: string }) {
  const t = useTranslations('pages');
  const desk = deskPagesOf(useMe());
  return (
    <nav
      aria-label={t('label')}
      data-pane="list"
      tabIndex={-1}
      className={cx('min-h-0 overflow-y-auto bg-shade-2 px-2 pb-4 outline-none', className)}
    >
      <p className="flex h-(--eave) items-center px-3 text-lead font-strong max-pane:h-[3.75rem]">{t('label')}</p>
      <Group title={t('you')} pages={OWN_PAGES.map(({ key }) => key)} />
      {desk.length > 0 && <Group title={t('desk')} pages={desk} />}
    </nav>
  );
}

function Group({ title, pages }: { title: string; pages: PageKey[] }) {
  const t = useTranslations('pages');
  return (
    <section aria-label={title}>
      <h2 className="px-3 pt-4 pb-1 text-small text-ink-3">{title}</h2>
      <ul>
        {pages.map((key) => (
          <li key={key}>
            <Link
              to={`/settings/${key}`}
              className="flex min-h-8 items-center rounded-control px-3 py-1.5 text-ink-2 hover:bg-hover data-[status=active]:bg-floor data-[status=active]:font-firm data-[status=active]:text-ink max-pane:min-h-12 max-pane:text-read"
            >
              <span className="flex-1">{t(key)}</span>
              <ChevronRight size={18} aria-hidden="true" className="text-ink-3 pane:hidden" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

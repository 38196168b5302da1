import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useMe } from '../../lib/desk/me.ts';
import { Boundary } from '../../ui/Boundary.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { mayOpen, type PageKey } from './pages.ts';

interface Props {
  page: PageKey;
  /** What can be begun here, beside the title. */
  action?: ReactNode;
  children: ReactNode;
}

/** A page of the settings: its name, what it is for, and what is on it. */
export function SettingsPage({ page, action, children }: Props) {
  const t = useTranslations('pages');
  return (
    <main
      id="room"
      aria-label={t(page)}
      data-pane="room"
      tabIndex={-1}
      className="min-h-0 min-w-0 overflow-y-auto bg-floor outline-none"
    >
      <div className="max-w-[62.75rem] px-12 pt-6 pb-14 max-desk:px-8 max-pane:px-4 max-pane:pt-2">
        <Link to="/settings" className="-ml-1 inline-flex min-h-11 items-center gap-1 text-ink-2 pane:hidden">
          <ChevronLeft size={20} aria-hidden="true" />
          {t('all')}
        </Link>
        <header className="flex flex-wrap items-start gap-x-4 gap-y-3 pb-5">
          <div className="min-w-0 flex-1 basis-72">
            <h1 className="text-title font-strong">{t(page)}</h1>
            <p className="mt-1 max-w-[60ch] text-ink-2">{t(`${page}Lead`)}</p>
          </div>
          {action}
        </header>
        <Boundary key={page}>{children}</Boundary>
      </div>
    </main>
  );
}

/** Shows a page to those who may open it, and says so to the others. */
export function Guarded({ page, children }: { page: PageKey; children: ReactNode }) {
  const t = useTranslations('pages');
  if (mayOpen(useMe(), page)) return children;
  return (
    <main id="room" tabIndex={-1} data-pane="room" className="bg-floor outline-none">
      <Empty title={t('notAllowed')} more={t('notAllowedMore')}>
        <Link to="/settings/me" className="link">
          {t('me')}
        </Link>
      </Empty>
    </main>
  );
}

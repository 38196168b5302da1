import { Link, useLocation } from '@tanstack/react-router';
import { Inbox, SlidersHorizontal } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { ConnectionMark } from '../features/connection/ConnectionMark.tsx';
import { OwnMenu } from '../features/settings/OwnMenu.tsx';
import { cx } from '../ui/cx.ts';
import { Mark } from '../ui/Mark.tsx';
import { Tip } from '../ui/Tip.tsx';

export interface RailProps {
  waiting: number;
  signOut: () => void;
  signOutFailed: boolean;
  showShortcuts: () => void;
}

export function Rail({ waiting, ...own }: RailProps) {
  const t = useTranslations();
  const isSettings = useLocation({ select: ({ pathname }) => pathname.startsWith('/settings') });
  const place = (isOpen: boolean) =>
    cx(
      'relative grid size-10 place-items-center rounded-[8px] hover:bg-roof-hover',
      isOpen && 'bg-roof-hover text-roof-ink',
    );
  return (
    <nav
      aria-label={t('desk.places')}
      data-pane="rail"
      tabIndex={-1}
      className="flex flex-col items-center gap-1 bg-roof py-2.5 text-roof-ink-2 outline-none [--focus:2px_solid_var(--roof-ink)] max-pane:hidden"
    >
      <Mark className="mt-0.5 mb-3.5 size-7 text-roof-ink" />
      <Tip words={t('desk.inbox')} keyCap="G W">
        <Link
          to="/inbox/$view"
          params={{ view: 'waiting' }}
          aria-label={t('desk.inbox')}
          className={place(!isSettings)}
        >
          <Inbox size={20} aria-hidden="true" />
          <WaitingNumber waiting={waiting} className="absolute top-0.5 right-0" />
        </Link>
      </Tip>
      <Tip words={t('pages.label')} keyCap="G S">
        <Link to="/settings/me" aria-label={t('pages.label')} className={place(isSettings)}>
          <SlidersHorizontal size={20} aria-hidden="true" />
        </Link>
      </Tip>
      <div className="mt-auto grid justify-items-center gap-3">
        <ConnectionMark />
        <OwnMenu side="right" {...own} />
      </div>
    </nav>
  );
}

/** The one number of the roof: people waiting. */
export function WaitingNumber({ waiting, className }: { waiting: number; className: string }) {
  const t = useTranslations('desk');
  if (waiting === 0) return null;
  return (
    <span
      className={`num h-4 min-w-4 rounded-round bg-roof-ink px-1 text-center text-[0.65625rem]/4 font-strong text-roof outline-2 outline-roof ${className}`}
    >
      <span aria-hidden="true">{waiting > 99 ? '99+' : waiting}</span>
      <span className="unseen">{t('waitingNow', { n: waiting })}</span>
    </span>
  );
}

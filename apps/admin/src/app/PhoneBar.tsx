import { Link, useParams } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { ConnectionMark } from '../features/connection/ConnectionMark.tsx';
import { OwnMenu } from '../features/settings/OwnMenu.tsx';
import { cx } from '../ui/cx.ts';
import { type RailProps, WaitingNumber } from './Rail.tsx';

/** The rail of a phone. It leaves while a conversation has the screen. */
export function PhoneBar({ waiting, ...own }: RailProps) {
  const t = useTranslations('desk');
  const isRoomOpen = useParams({ strict: false }).conversationId !== undefined;
  return (
    <nav
      aria-label={t('places')}
      className={cx(
        'grid h-[3.75rem] grid-cols-[1fr_auto_1fr] items-center justify-items-center bg-roof text-roof-ink-2 [--focus:2px_solid_var(--roof-ink)] pane:hidden',
        isRoomOpen && 'hidden',
      )}
    >
      <Link
        to="/inbox/$view"
        params={{ view: 'waiting' }}
        className="relative grid justify-items-center gap-0.5 px-4 text-[0.6875rem]/4 text-roof-ink"
      >
        <Inbox size={20} aria-hidden="true" />
        <WaitingNumber waiting={waiting} className="absolute -top-1 left-[calc(50%+6px)]" />
        {t('inbox')}
      </Link>
      <ConnectionMark />
      <OwnMenu side="bottom" {...own} />
    </nav>
  );
}

import { holderOf, type InboxRow as Row, type InboxView } from '@sala/contracts';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { useCustomerName } from '../../lib/desk/customerName.ts';
import type { LostRace } from '../../lib/desk/lostRace.ts';
import { useTeamName } from '../../lib/desk/teams.ts';
import { fetchTypeFor } from '../../lib/i18n/japaneseType.ts';
import { languageOf } from '../../lib/i18n/languageOf.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { cx } from '../../ui/cx.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { RunningTime, Shade } from '../../ui/Shade.tsx';
import { RowMark } from './RowMark.tsx';
import { RowTime } from './RowTime.tsx';
import { RowWords } from './RowWords.tsx';

interface Props {
  /** The list is one tab stop: 0 on one row, -1 on the others. */
  tabIndex: 0 | -1;
  row: Row;
  view: InboxView;
  isOpen: boolean;
  /** It is in this list no more, and only waits for the hand to go. */
  hasLeft: boolean;
  /** Set while it tells who was faster at this very conversation. */
  lost: LostRace | null;
}

export const InboxRow = memo(function InboxRow({ row, view, isOpen, hasLeft, lost, tabIndex }: Props) {
  const t = useTranslations();
  const { head, conversationId } = row;
  const name = useCustomerName()(head.customer);
  const team = useTeamName()(head.teamId);
  const waiting = !lost && !hasLeft && head.session?.status === 'WAITING' ? head.session : null;
  const isUnread = !lost && !hasLeft && holderOf(head.session) !== null && head.unanswered > 0;
  const isSetBack = lost !== null || hasLeft || !head.customer.reachable;
  fetchTypeFor(name + (head.last?.text ?? ''));

  return (
    <Link
      to="/inbox/$view/$conversationId"
      params={{ view, conversationId }}
      aria-current={isOpen ? 'page' : undefined}
      tabIndex={tabIndex}
      className={cx(
        'relative isolate grid min-h-(--row-height) grid-cols-[var(--row-avatar)_minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-2 -outline-offset-2 hover:bg-hover',
        isOpen && 'bg-floor hover:bg-floor max-pane:bg-transparent',
        lost && 'bg-press hover:bg-press',
      )}
    >
      {waiting && <Shade since={waiting.since} />}
      {isOpen && <span aria-hidden="true" className="absolute inset-y-0 left-0 w-[3px] bg-khram max-pane:hidden" />}
      <Avatar
        id={conversationId}
        name={name}
        of="customer"
        pictureUrl={head.customer.pictureUrl}
        className={isSetBack ? 'opacity-85' : undefined}
      />
      <span className="block min-w-0">
        <span className="flex items-baseline gap-2">
          <span
            className={cx('cut block py-px', isUnread && 'font-strong', isSetBack && 'text-ink-3')}
            lang={languageOf(name)}
          >
            {name}
          </span>
          {team && (
            <span
              className="cut block max-w-[45%] flex-none text-small text-ink-3"
              title={t('teams.team', { name: team })}
            >
              {team}
            </span>
          )}
        </span>
        <RowWords row={row} isUnread={isUnread} lost={lost} />
      </span>
      <span className="grid min-w-[2.875rem] justify-items-end gap-[3px]">
        {waiting ? (
          <RunningTime since={waiting.since} className="text-read/[1.375rem] font-strong" />
        ) : (
          <RowTime at={head.activeAt} className={cx('num text-small/5 text-ink-3', isUnread && 'font-firm text-ink')} />
        )}
        <span className="flex h-5 items-center gap-1.5 text-ink-3">
          {waiting && isOpen ? (
            <>
              <span className="font-firm text-ink-2">{t('acts.claim')}</span>
              <KeyCap className="max-pane:hidden">C</KeyCap>
            </>
          ) : (
            <RowMark row={row} isUnread={isUnread} />
          )}
        </span>
      </span>
    </Link>
  );
});

import type { InboxCounts, InboxView } from '@sala/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';

interface Props {
  view: InboxView;
  counts: InboxCounts | undefined;
  takeNext: (() => void) | null;
}

/** A list with nothing in it: what that means today, and where to go. */
export function InboxEmpty({ view, counts, takeNext }: Props) {
  const t = useTranslations();
  const waiting = counts?.waiting ?? 0;
  const mine = counts?.mine ?? 0;

  switch (view) {
    case 'waiting':
      return (
        <Empty title={t('empty.waiting')} more={t('empty.waitingMore', { n: mine })}>
          {mine > 0 && (
            <Link
              to="/inbox/$view"
              params={{ view: 'mine' }}
              className="inline-flex h-8 items-center gap-1.5 rounded-control bg-floor px-3 font-firm inset-ring inset-ring-line-2 hover:bg-hover"
            >
              {t('empty.goToMine')} <KeyCap>G</KeyCap>
              <KeyCap>M</KeyCap>
            </Link>
          )}
        </Empty>
      );
    case 'mine':
      return (
        <Empty title={t('empty.mine')} more={t('empty.mineMore', { n: waiting })}>
          {takeNext && (
            <Button onClick={takeNext} keyCap="N">
              {t('inbox.takeNext')}
            </Button>
          )}
        </Empty>
      );
    case 'active':
      return <Empty title={t('empty.active')} more={t('empty.activeMore', { n: waiting })} />;
    case 'bot':
      return <Empty title={t('empty.bot')} more={t('empty.botMore')} />;
    case 'closed':
      return <Empty title={t('empty.closed')} more={t('empty.closedMore')} />;
    case 'all':
      return <Empty title={t('empty.all')} more={t('empty.allMore')} />;
  }
}

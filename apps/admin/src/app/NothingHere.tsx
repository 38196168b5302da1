import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Empty } from '../ui/Empty.tsx';

export function NothingHere() {
  const t = useTranslations('desk');
  return (
    <main className="grid h-full place-items-center bg-floor">
      <Empty title={t('nothingHere')}>
        <Link to="/inbox/$view" params={{ view: 'waiting' }} className="link">
          {t('goToInbox')}
        </Link>
      </Empty>
    </main>
  );
}

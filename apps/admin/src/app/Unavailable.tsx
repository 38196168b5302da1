import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { problemOf } from '../lib/problem.ts';
import { Trouble } from '../ui/Trouble.tsx';

/** The desk itself did not come: nothing can be shown before it is known who asks. */
export function Unavailable({ error, reset }: ErrorComponentProps) {
  const t = useTranslations('desk');
  const router = useRouter();
  return (
    <main className="grid h-full place-items-center bg-floor">
      <Trouble
        title={t('unavailable')}
        problem={problemOf(error)}
        again={() => {
          reset();
          void router.invalidate();
        }}
      />
    </main>
  );
}

import { useBlocker } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../ui/Button.tsx';
import { Sheet } from '../ui/Sheet.tsx';

/**
 * Keeps what is not saved: leaving the page, and closing what it is written in, asks first. `asking` is to be rendered;
 * `leave(go)` does `go` at once, or when it was said that the changes may be lost.
 */
export function useUnsaved(isDirty: boolean): { asking: ReactNode; leave: (go: () => void) => void } {
  const t = useTranslations('pages');
  const [going, setGoing] = useState<{ go: () => void } | null>(null);
  const blocker = useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  const isBlocked = blocker.status === 'blocked';
  const stay = () => {
    setGoing(null);
    if (isBlocked) blocker.reset();
  };
  const leaveNow = () => {
    going?.go();
    setGoing(null);
    if (isBlocked) blocker.proceed();
  };

  return {
    leave: (go) => (isDirty ? setGoing({ go }) : go()),
    asking: (
      <Sheet open={isBlocked || going !== null} onClose={stay} title={t('leaveTitle')} lead={t('leaveLead')}>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={stay}>{t('stay')}</Button>
          <Button look="danger" onClick={leaveNow}>
            {t('leave')}
          </Button>
        </div>
      </Sheet>
    ),
  };
}

import type { Availability } from '@sala/contracts';
import { useTranslations } from 'use-intl';
import { useMe } from '../../lib/desk/me.ts';
import { useAvailabilityOf, useSayAvailability } from '../../lib/desk/presence.ts';
import { problemOf } from '../../lib/problem.ts';
import { useProblemWords } from '../../lib/problemWords.ts';
import { AvailabilityDot } from '../../ui/AvailabilityDot.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { MenuChoice } from '../../ui/Menu.tsx';

const AVAILABILITIES = ['online', 'away', 'offline'] as const satisfies readonly Availability[];

/** Whether one takes conversations, as colleagues see it. What was chosen counts when the server has it. */
export function AvailabilityChoice() {
  const t = useTranslations('availability');
  const wordsFor = useProblemWords();
  const own = useAvailabilityOf(useMe().operatorId);
  const { say, asked, error } = useSayAvailability();

  return (
    <>
      <MenuChoice
        label={
          <span className="flex items-center justify-between">
            {t('label')}
            <KeyCap>⇧ A</KeyCap>
          </span>
        }
        value={own ?? ''}
        options={AVAILABILITIES.map((each) => ({
          value: each as string,
          words: each === asked ? t('asked', { state: t(each) }) : t(each),
          mark: <AvailabilityDot of={each} className="text-ink-3" />,
        }))}
        onChoose={(chosen) => say(chosen as Availability)}
      />
      {error && (
        <p role="alert" className="max-w-64 px-2.5 pb-2 text-small text-laterite-ink">
          {t('notTaken', { reason: wordsFor(problemOf(error)) })}
        </p>
      )}
    </>
  );
}

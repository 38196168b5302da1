import { useTranslations } from 'use-intl';
import type { Problem } from '../lib/problem.ts';
import { useProblemWords } from '../lib/problemWords.ts';
import { Button } from './Button.tsx';

interface Props {
  title: string;
  problem: Problem;
  again?: () => void;
  /** The way out, where there is no other on the screen. */
  back?: () => void;
}

/** Something did not come: what, why, and the way to ask for it again. */
export function Trouble({ title, problem, again, back }: Props) {
  const t = useTranslations('desk');
  const wordsFor = useProblemWords();
  return (
    <div role="alert" className="px-6 py-7">
      <p className="text-lead font-strong">{title}</p>
      <p className="mt-1 [overflow-wrap:anywhere] text-ink-2">{wordsFor(problem)}</p>
      {(again ?? back) && (
        <div className="mt-3 flex flex-wrap gap-2">
          {again && <Button onClick={again}>{t('tryAgain')}</Button>}
          {back && (
            <Button onClick={back} keyCap="Esc">
              {t('goToInbox')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

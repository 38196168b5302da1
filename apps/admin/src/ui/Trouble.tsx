import { useTranslations } from 'use-intl';
import type { Problem } from '../lib/problem.ts';
import { useProblemWords } from '../lib/problemWords.ts';
import { Button } from './Button.tsx';

/** Something did not come: what, why, and the way to ask for it again. */
export function Trouble({ title, problem, again }: { title: string; problem: Problem; again?: () => void }) {
  const t = useTranslations('desk');
  const wordsFor = useProblemWords();
  return (
    <div role="alert" className="px-6 py-7">
      <p className="text-lead font-strong">{title}</p>
      <p className="mt-1 [overflow-wrap:anywhere] text-ink-2">{wordsFor(problem)}</p>
      {again && (
        <Button className="mt-3" onClick={again}>
          {t('tryAgain')}
        </Button>
      )}
    </div>
  );
}

import type { Problem } from '../lib/problem.ts';
import { useProblemWords } from '../lib/problemWords.ts';
import { cx } from './cx.ts';

/** Why what was asked did not happen, beside the button that asked it. */
export function Why({ problem, className }: { problem: Problem | null; className?: string }) {
  const wordsFor = useProblemWords();
  if (!problem) return null;
  return (
    <p role="alert" className={cx('text-small [overflow-wrap:anywhere] text-laterite-ink', className)}>
      {wordsFor(problem)}
    </p>
  );
}

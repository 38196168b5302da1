import { useTranslations } from 'use-intl';
import { useOperatorName } from '../../../lib/desk/operators.ts';
import type { Problem } from '../../../lib/problem.ts';
import { useProblemWords } from '../../../lib/problemWords.ts';
import { whyStopped } from './whyStopped.ts';

/** What is said of a message that is not at the server. */
export function useUnsentWords() {
  const t = useTranslations('outbox');
  const wordsFor = useProblemWords();
  const nameOf = useOperatorName();

  /** It goes again by itself, in `s` seconds. */
  const waitingWords = (problem: Problem, s: number): string => {
    const again = s > 0 ? t('inSeconds', { s }) : t('soon');
    if (problem.type === 'unreachable') return t('unanswered', { again });
    if (problem.type === 'fault') return t('unavailable', { again });
    if (problem.refusal.code === 'RATE_LIMITED') return t('tooFast', { again });
    return problem.refusal.code === 'NOT_IN_ROOM' ? t('outside', { again }) : t('unavailable', { again });
  };

  const reasonOf = (problem: Problem): string => {
    const why = whyStopped(problem);
    if (why === null) return wordsFor(problem);
    return t(why, { id: problem.type === 'fault' ? (problem.correlationId ?? '') : '' });
  };

  /** It does not go by itself any more, after so many tries. */
  const stoppedWords = (problem: Problem, tries: number): string => {
    if (tries > 0 && !isFinal(problem)) return t('gaveUp', { n: tries, reason: reasonOf(problem) });
    if (problem.type !== 'refused') return t('notSent', { reason: reasonOf(problem) });
    const { refusal } = problem;
    if (refusal.code === 'SESSION_CLOSED') return t('closed');
    if (refusal.code !== 'NOT_YOURS') return t('notSent', { reason: reasonOf(problem) });
    return refusal.operatorId ? t('taken', { name: nameOf(refusal.operatorId) }) : t('nobodys');
  };

  return { waitingWords, stoppedWords };
}

/** A refusal that more tries would not change. */
const isFinal = (problem: Problem): boolean =>
  problem.type === 'refused' && problem.refusal.code !== 'UNAVAILABLE' && problem.refusal.code !== 'NOT_IN_ROOM';

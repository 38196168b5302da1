import type { Refusal } from '@sala/contracts';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { useOperatorName } from './desk/operators.ts';
import type { Problem } from './problem.ts';

/** What happened and what can be done, for everything the server may say no with. */
export function useProblemWords(): (problem: Problem) => string {
  const t = useTranslations('problem');
  const nameOf = useOperatorName();

  return useCallback(
    (problem) => {
      const refused = (refusal: Refusal): string => {
        switch (refusal.code) {
          case 'ALREADY_CLAIMED':
            return t('ALREADY_CLAIMED', { name: refusal.name });
          case 'NOT_YOURS':
            return refusal.operatorId ? t('NOT_YOURS', { name: nameOf(refusal.operatorId) }) : t('NOBODYS');
          case 'RATE_LIMITED':
            return t('RATE_LIMITED', { s: Math.ceil(refusal.retryAfterMs / 1000) });
          case 'UNAVAILABLE':
            return t('UNAVAILABLE', { s: Math.ceil(refusal.retryAfterMs / 1000) });
          case 'NOT_SIGNED_IN':
          case 'SIGNED_OUT':
          case 'NOT_ALLOWED':
          case 'NOT_FOUND':
          case 'NOT_IN_ROOM':
          case 'SESSION_CLOSED':
          case 'STALE':
          case 'INVALID':
          case 'TOO_LARGE':
            return t(refusal.code);
        }
      };
      switch (problem.type) {
        case 'refused':
          return refused(problem.refusal);
        case 'unreachable':
          return t('UNREACHABLE');
        case 'fault':
          return problem.correlationId ? t('INTERNAL', { id: problem.correlationId }) : t('UNNUMBERED');
      }
    },
    [t, nameOf],
  );
}

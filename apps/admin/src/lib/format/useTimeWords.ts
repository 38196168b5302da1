import type { Instant } from '@sala/contracts';
import { useCallback } from 'react';
import { useLanguage } from '../i18n/Language.tsx';
import { dayAndClock } from './time.ts';

/** A moment as it is said in a sentence: `12 Nov, 16:40`; today only the time. */
export function useTimeWords(): (at: Instant) => string {
  const { locale } = useLanguage();
  return useCallback((at) => dayAndClock(at, locale), [locale]);
}

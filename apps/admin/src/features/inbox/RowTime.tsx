import type { Instant } from '@sala/contracts';
import { useCallback, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useEverySecond } from '../../lib/clock.ts';
import { listTime } from '../../lib/format/time.ts';
import { useLanguage } from '../../lib/i18n/Language.tsx';

/** Younger than this is "now". */
const NOW_MS = 60_000;

/** When a conversation last moved. It ages by itself, without rendering the row. */
export function RowTime({ at, className }: { at: Instant; className: string }) {
  const t = useTranslations('inbox');
  const { locale } = useLanguage();
  const words = useRef<HTMLTimeElement>(null);
  const step = useCallback(
    (now: number) => {
      if (!words.current) return;
      words.current.textContent = now - Date.parse(at) < NOW_MS ? t('now') : listTime(at, locale, new Date(now));
    },
    [at, locale, t],
  );
  useEverySecond(step);
  return <time ref={words} dateTime={at} className={className} />;
}

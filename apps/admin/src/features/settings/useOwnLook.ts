import { useEffect, useRef } from 'react';
import { useMe } from '../../lib/desk/me.ts';
import { useLanguage } from '../../lib/i18n/Language.tsx';
import { keepLook, keptLook, showTheme } from '../../lib/look.ts';

/** Dresses the desk as its operator likes it, and keeps a copy for the next first paint. */
export function useOwnLook(): void {
  const { locale, theme } = useMe().settings;
  const { choose } = useLanguage();
  useEffect(() => {
    showTheme(theme);
    // Who has chosen no language keeps the one this browser was last read in.
    keepLook({ locale: locale ?? keptLook().locale, theme });
  }, [locale, theme]);
  const chosen = useRef(locale);
  useEffect(() => {
    // Who had chosen one and, in another tab, chose none follows the browser again.
    if (locale !== null || chosen.current !== null) choose(locale);
    chosen.current = locale;
  }, [locale, choose]);
}

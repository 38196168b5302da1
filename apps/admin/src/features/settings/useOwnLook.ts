import { useEffect } from 'react';
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
  useEffect(() => {
    if (locale) choose(locale);
  }, [locale, choose]);
}

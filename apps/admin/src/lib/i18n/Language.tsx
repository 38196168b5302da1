import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { IntlProvider, type Messages } from 'use-intl';
import { keepLook, keptLook } from '../look.ts';
import { loadCatalog } from './catalogs.ts';
import { fetchJapaneseType } from './japaneseType.ts';
import { browserLocale, type Locale } from './locale.ts';

interface LanguageChoice {
  locale: Locale;
  /** Null follows the browser. */
  choose: (locale: Locale | null) => void;
}

const LanguageContext = createContext<LanguageChoice | null>(null);

export function useLanguage(): LanguageChoice {
  const choice = use(LanguageContext);
  if (!choice) throw new Error('useLanguage needs <Language> around it');
  return choice;
}

interface Props {
  first: Locale;
  firstMessages: Messages;
  children: ReactNode;
}

/** Speaks the chosen language. The old one stays on the screen until the new one has come. */
export function Language({ first, firstMessages, children }: Props) {
  const [spoken, setSpoken] = useState({ locale: first, messages: firstMessages });
  const [wanted, setWanted] = useState<Locale>(first);

  const choose = useCallback((locale: Locale | null) => {
    keepLook({ ...keptLook(), locale });
    setWanted(locale ?? browserLocale());
  }, []);

  useEffect(() => {
    let current = true;
    void loadCatalog(wanted).then((messages) => {
      if (current) setSpoken((held) => (held.locale === wanted ? held : { locale: wanted, messages }));
    });
    return () => {
      current = false;
    };
  }, [wanted]);

  useEffect(() => {
    document.documentElement.lang = spoken.locale;
    if (spoken.locale === 'ja') fetchJapaneseType();
  }, [spoken.locale]);

  const choice = useMemo(() => ({ locale: spoken.locale, choose }), [spoken.locale, choose]);
  return (
    <LanguageContext value={choice}>
      <IntlProvider locale={spoken.locale} messages={spoken.messages} timeZone={TIME_ZONE}>
        {children}
      </IntlProvider>
    </LanguageContext>
  );
}

const TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

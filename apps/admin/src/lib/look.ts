import { LOCALES, type OperatorSettings } from '@sala/contracts';

/** A copy of the look that public/first-paint.js reads before anything else has loaded. */
const KEPT_AS = 'sala.look';

export type Look = Pick<OperatorSettings, 'locale' | 'theme'>;
export type Theme = OperatorSettings['theme'];

export function keptLook(): Look {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT_AS) ?? '{}') as Partial<Look>;
    return {
      locale: LOCALES.find((locale) => locale === kept.locale) ?? null,
      theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'system',
    };
  } catch {
    return { locale: null, theme: 'system' };
  }
}

export function keepLook(look: Look): void {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(look));
  } catch {
    // Storage is off or full: the settings still come from the server, a moment later.
  }
}

export function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

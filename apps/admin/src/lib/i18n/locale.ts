import { LOCALES } from '@sala/contracts';
import { keptLook } from '../look.ts';

export type Locale = (typeof LOCALES)[number];

export const isLocale = (tag: string): tag is Locale => (LOCALES as readonly string[]).includes(tag);

/** The first language of the browser that the desk speaks, else English. */
export function browserLocale(languages: readonly string[] = navigator.languages): Locale {
  for (const tag of languages) {
    const language = tag.split('-')[0] ?? '';
    if (isLocale(language)) return language;
  }
  return 'en';
}

/** The language before anybody has signed in: the last one used here, else the browser's. */
export const firstLocale = (): Locale => keptLook().locale ?? browserLocale();

/** Each language by its own name, so that it is found by those who read nothing else. */
export const LOCALE_NAMES = { en: 'English', th: 'ภาษาไทย', ja: '日本語' } satisfies Record<Locale, string>;

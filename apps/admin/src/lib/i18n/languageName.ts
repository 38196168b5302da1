import type { Locale } from './locale.ts';

/** A language tag from LINE's profile in the reader's words; the tag itself when it is none that is known. */
export function languageName(tag: string, locale: Locale): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

import type { Locale } from './locale.ts';

/** The language of a text where its letters leave no doubt: kana is Japanese, Thai letters are Thai. Kanji alone is not told. */
export function languageOf(text: string): Locale | undefined {
  if (/[\u3040-\u30ff\uff66-\uff9f]/.test(text)) return 'ja';
  if (/[\u0e00-\u0e7f]/.test(text)) return 'th';
  return undefined;
}

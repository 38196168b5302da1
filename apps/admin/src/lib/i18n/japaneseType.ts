/** Kana and kanji. Their typeface is heavy, so it is fetched when the first of them is to be shown. */
const JAPANESE = /[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]/;

let asked = false;

export function fetchJapaneseType(): void {
  if (asked) return;
  asked = true;
  void import('../../fonts-jp.css');
}

export function fetchTypeFor(text: string): void {
  if (!asked && JAPANESE.test(text)) fetchJapaneseType();
}

/** A whole name where it is as short as two letters (นก, 遥), else its first letter. */
export function shortName(name: string): string {
  const letters = [...new Intl.Segmenter('th').segment(name.trim())];
  return letters.length <= 2 && letters.every(({ segment }) => !/[a-z]/i.test(segment)) ? name.trim() : initial(name);
}

/** The first letter of a name as its readers see it: with the marks that a Thai letter carries, after any vowel before it. */
export function initial(name: string): string {
  for (const { segment } of new Intl.Segmenter('th').segment(name.trim())) {
    if (LETTER.test(segment)) return /^[\u0e40-\u0e44]/.test(segment) ? thaiInitial(name) : segment.toUpperCase();
  }
  return '·';
}

const LETTER = /[\p{L}\p{N}]/u;

/** Thai writes some vowels before the consonant that is spoken first. */
const thaiInitial = (name: string): string =>
  /[\u0e01-\u0e2e][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*/.exec(name)?.[0] ?? name.charAt(0);

/** The tint of somebody without a picture: one of four materials, the same for one id everywhere. */
const MATERIALS = [62, 172, 250, 100] as const;

export function tintOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return MATERIALS[sum % MATERIALS.length]!;
}

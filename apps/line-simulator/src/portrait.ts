const graphemes = new Intl.Segmenter();

/** Wood, celadon, indigo, straw: the hues a face can have. */
const HUES = [62, 172, 250, 100];

/** Written before the consonant they follow in speech; Thai initials are consonants. */
const LEADING_THAI_VOWEL = /^[เแโใไ](?=.)/u;

/** A square picture of a person's initial, as SVG. The same person always looks the same. */
export function portrait(userId: string, displayName: string): string {
  const hue = HUES[Number.parseInt(userId.slice(-4), 16) % HUES.length];
  const [initial] = graphemes.segment(displayName.trim().replace(LEADING_THAI_VOWEL, ''));
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">',
    // It is a picture to whoever shows it, and still no lamp in a dark room.
    `<style>@media (prefers-color-scheme: dark) { rect { fill: oklch(0.36 0.03 ${hue}) } text { fill: oklch(0.86 0.03 ${hue}) } }</style>`,
    `<rect width="96" height="96" fill="oklch(0.885 0.03 ${hue})"/>`,
    `<text x="48" y="62" text-anchor="middle" font-size="40" font-weight="500" fill="oklch(0.38 0.05 ${hue})"`,
    ` font-family="'IBM Plex Sans', 'Noto Sans Thai', 'Noto Sans JP', system-ui, sans-serif">`,
    `${escaped(initial?.segment ?? '?')}</text></svg>`,
  ].join('');
}

const escaped = (text: string) => text.replaceAll(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);

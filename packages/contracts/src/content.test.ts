import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Content, MAX_PREVIEW_LENGTH, previewText, SendableContent } from './content.ts';
import { hasLoneSurrogate } from './text.ts';

const text = (value: string) => SendableContent.safeParse({ type: 'text', text: value });

describe('Sending (SE)', () => {
  it.each([
    ['nothing', ''],
    ['spaces and new lines', ' \n\t '],
    ['characters that show nothing', '\u200B\u2060\uFEFF'],
    ['5,001 units', 'a'.repeat(5_001)],
    ['2,501 emoji, which are 5,002 units', '🍎'.repeat(2_501)],
    ['a NUL', 'a\u0000b'],
    ['half a surrogate pair', 'a\uD83C'],
  ])('[SE5] refuses text with %s (C1, C5)', (_what, value) => {
    expect(text(value).success).toBe(false);
  });

  it.each([
    ['one character', 'a', 'a'],
    ['5,000 units', 'a'.repeat(5_000), 'a'.repeat(5_000)],
    ['2,500 emoji, which are 5,000 units', '🍎'.repeat(2_500), '🍎'.repeat(2_500)],
    ['spaces around it, trimmed', '  สวัสดี\n', 'สวัสดี'],
    ['spaces around 5,000 units, trimmed first', ` ${'a'.repeat(5_000)} `, 'a'.repeat(5_000)],
  ])('[SE5] takes text with %s', (_what, value, kept) => {
    expect(text(value).data).toEqual({ type: 'text', text: kept });
  });

  it('[SE6] keeps markup as it was written (C5)', () => {
    const markup = '<script>alert("1")</script> & "ok" \\u003c';

    expect(text(markup).data).toEqual({ type: 'text', text: markup });
  });

  it.each([
    ['a picture', { type: 'image' }],
    ['an unknown property', { type: 'text', text: 'a', html: true }],
    ['a number', { type: 'text', text: 1 }],
  ])('[SE8] refuses %s', (_what, content) => {
    expect(SendableContent.safeParse(content).success).toBe(false);
  });
});

describe('Inbox (IN)', () => {
  it('[IN9] the one line of a list never ends in half a character', () => {
    const anyContent = fc
      .string({ unit: 'grapheme', maxLength: 300 })
      .map((value): Content => ({ type: 'text', text: value }));

    fc.assert(
      fc.property(anyContent, (content) => {
        const line = previewText(content);
        expect(line.length).toBeLessThanOrEqual(MAX_PREVIEW_LENGTH);
        expect(hasLoneSurrogate(line)).toBe(false);
      }),
    );
  });

  it.each<[string, Content, string]>([
    ['text, on one line', { type: 'text', text: 'one\n two' }, 'one two'],
    ['a picture, without words', { type: 'image' }, ''],
    ['a file, by its name', { type: 'file', name: '見積り.pdf', sizeBytes: 1 }, '見積り.pdf'],
    ['a place, by its address', { type: 'location', address: 'Marunouchi', latitude: 1, longitude: 2 }, 'Marunouchi'],
    [
      'a sticker, by its first keyword',
      { type: 'sticker', packageId: '1', stickerId: '2', keywords: ['hi', 'wave'] },
      'hi',
    ],
    ['an unknown kind, by its name', { type: 'unsupported', kind: 'hologram' }, 'hologram'],
  ])('[IN9] shows %s', (_what, content, line) => {
    expect(previewText(content)).toBe(line);
  });
});

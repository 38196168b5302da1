import { describe, expect, it } from 'vitest';
import { cellOf, lineOf } from './csv.ts';

describe('Audit log (AU)', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\tx',
    '\rx',
    '\0x',
    '  =1',
    '\u00A0=1',
    '\u200B=1',
    '\uFEFF@x',
    '\u3000＝1',
    '＝1+1',
    '＋1',
    '－1',
    '＠x',
    '\u0001=1',
    '\n=1',
    '\u202E=1',
  ])('[AU6] a cell that a spreadsheet could take for a formula begins with an apostrophe: %j', (text) => {
    expect(cellOf(text)).toBe(`"'${text}"`);
  });

  it.each(['Aoi', 'a=b', '2026-11-20', '1', '', 'ＡＢＣ'])('[AU6] any other stays as it is: %j', (text) => {
    expect(cellOf(text)).toBe(`"${text}"`);
  });

  it('[AU6] quotes, commas and new lines stay inside their cell', () => {
    expect(lineOf(['a"b', 'c,d', 'e\r\nf'])).toBe('"a""b","c,d","e\r\nf"\r\n');
  });
});

import { createFormatter } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { duration } from './duration.ts';
import { fileSize } from './fileSize.ts';
import { initial, shortName, tintOf } from './initials.ts';
import { day, dayAndClock, isDayBefore, listTime, longDay } from './time.ts';

const now = new Date(2026, 10, 20, 14, 7);
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString();

describe('running times', () => {
  it.each([
    [0, '0:00'],
    [-5_000, '0:00'],
    [9_999, '0:09'],
    [252_000, '4:12'],
    [3_599_999, '59:59'],
    [3_600_000, '1:00'],
    [26 * 3_600_000 + 5 * 60_000, '26:05'],
  ])('%i ms reads %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});

describe('dates', () => {
  it('are a clock today and a date before, in each language', () => {
    expect(listTime(at(2026, 10, 20, 9, 5), 'th', now)).toBe('09:05');
    expect(day(at(2026, 10, 19, 9, 5), 'en', now)).toBe('19 Nov');
    expect(day(at(2026, 10, 19, 9, 5), 'th', now)).toBe('19 พ.ย.');
    expect(day(at(2026, 10, 19, 9, 5), 'ja', now)).toBe('11月19日');
  });

  it('carry the Gregorian year when it is not this one', () => {
    for (const locale of ['en', 'th', 'ja'] as const) {
      expect(day(at(2024, 2, 14, 0, 0), locale, now)).toContain('2024');
      expect(longDay(at(2024, 2, 14, 0, 0), locale, now)).toContain('2024');
    }
  });

  it('of another day keep their clock where it matters', () => {
    expect(dayAndClock(at(2026, 10, 12, 16, 40), 'en', now)).toBe('12 Nov, 16:40');
    expect(dayAndClock(at(2026, 10, 20, 16, 40), 'en', now)).toBe('16:40');
  });

  it('know yesterday across a month', () => {
    expect(isDayBefore(new Date(2026, 9, 31, 23, 59), new Date(2026, 10, 1, 0, 1))).toBe(true);
    expect(isDayBefore(new Date(2026, 9, 30), new Date(2026, 10, 1))).toBe(false);
  });
});

describe('initials', () => {
  it.each([
    ['กัญญารัตน์ ตั้งศรีไพบูลย์วัฒนา', 'กั'],
    ['ก๊วนคอนโด ชั้น 12', 'ก๊'],
    ['เก้าอี้', 'ก้'],
    ['渡辺（株式会社みどり商店 購買部）', '渡'],
    ['christopher', 'C'],
    ['✿ ploy', 'P'],
    ['❤︎', '·'],
    ['', '·'],
  ])('of %s are %s', (name, letters) => {
    expect(initial(name)).toBe(letters);
  });

  it('of a name as short as two letters are the name', () => {
    expect(shortName('นก')).toBe('นก');
    expect(shortName('遥')).toBe('遥');
    expect(shortName('Jo')).toBe('J');
  });

  it('have one tint for one id', () => {
    expect(tintOf('a-customer')).toBe(tintOf('a-customer'));
    expect([62, 172, 250, 100]).toContain(tintOf('渡辺'));
  });
});

describe('file sizes', () => {
  const format = createFormatter({ locale: 'en', timeZone: 'UTC' });
  it.each([
    [3, '0.1 kB'],
    [2_400_000, '2.4 MB'],
    [999, '1 kB'],
    [5e12, '5,000 GB'],
  ])('%i bytes read %s', (bytes, words) => {
    expect(fileSize(bytes, format)).toBe(words);
  });
});

import type { Instant } from '@sala/contracts';
import type { Locale } from '../i18n/locale.ts';

/** Years are Gregorian in every language; Thai would be Buddhist without being told. */
const TAGS = { en: 'en-GB', th: 'th-TH-u-ca-gregory', ja: 'ja-JP' } satisfies Record<Locale, string>;

type Style = 'clock' | 'dayMonth' | 'dayMonthYear' | 'weekday' | 'weekdayYear';
const STYLES = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  dayMonth: { day: 'numeric', month: 'short' },
  dayMonthYear: { day: 'numeric', month: 'short', year: 'numeric' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  weekdayYear: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
} satisfies Record<Style, Intl.DateTimeFormatOptions>;

/** Making a formatter costs far more than using one, and a list shows hundreds of times. */
const made = new Map<string, Intl.DateTimeFormat>();

function format(style: Style, locale: Locale, at: Date): string {
  const key = `${style} ${locale}`;
  let formatter = made.get(key);
  if (!formatter) made.set(key, (formatter = new Intl.DateTimeFormat(TAGS[locale], STYLES[style])));
  return formatter.format(at);
}

/** `14:07`, in all languages. */
export const clock = (at: Instant) => format('clock', 'en', new Date(at));

/** When a message in a list was written: the time today, the date before, the year with it before this one. */
export function listTime(at: Instant, locale: Locale, now = new Date()): string {
  const date = new Date(at);
  if (isSameDay(date, now)) return clock(at);
  return day(at, locale, now);
}

/** `20 Nov`, `20 พ.ย.`, `11月20日`; with the year when it is not this one. */
export function day(at: Instant, locale: Locale, now = new Date()): string {
  const date = new Date(at);
  return format(date.getFullYear() === now.getFullYear() ? 'dayMonth' : 'dayMonthYear', locale, date);
}

/** `Friday 20 November`, for the line above a day's messages. */
export function longDay(at: Instant, locale: Locale, now = new Date()): string {
  const date = new Date(at);
  return format(date.getFullYear() === now.getFullYear() ? 'weekday' : 'weekdayYear', locale, date);
}

/** `12 Nov, 16:40`; today only `16:40`. */
export function dayAndClock(at: Instant, locale: Locale, now = new Date()): string {
  return isSameDay(new Date(at), now) ? clock(at) : `${day(at, locale, now)}, ${clock(at)}`;
}

export function isSameDay(a: Date, b: Date): boolean {
  return a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate();
}

export function isDayBefore(a: Date, b: Date): boolean {
  return isSameDay(a, new Date(b.getFullYear(), b.getMonth(), b.getDate() - 1));
}

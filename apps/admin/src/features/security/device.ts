import { parse } from 'bowser';

/** What a browser calls itself, told shortly; null for what is no browser. */
export function deviceOf(userAgent: string | null): { browser: string; system: string | null } | null {
  if (!userAgent) return null;
  const { browser, os } = parse(userAgent);
  return browser.name ? { browser: browser.name, system: os.name ?? null } : null;
}

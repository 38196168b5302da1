import type { Catalog } from '../../messages/catalog.ts';
import type { en } from '../../messages/en.ts';
import type { Locale } from './locale.ts';

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof en;
  }
}

/** Only the language in use is fetched. */
const catalogs = {
  en: async () => (await import('../../messages/en.ts')).en,
  th: async () => (await import('../../messages/th.ts')).th,
  ja: async () => (await import('../../messages/ja.ts')).ja,
} satisfies Record<Locale, () => Promise<Catalog>>;

/** The keys and arguments are those of English, which the catalogue tests hold the others to. */
export const loadCatalog = async (locale: Locale) => (await catalogs[locale]()) as typeof en;

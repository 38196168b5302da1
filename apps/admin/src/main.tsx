import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from './app/Providers.tsx';
import { loadCatalog } from './lib/i18n/catalogs.ts';
import { firstLocale } from './lib/i18n/locale.ts';
import './styles.css';

const locale = firstLocale();
const messages = await loadCatalog(locale);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Providers locale={locale} messages={messages} />
  </StrictMode>,
);

import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { Messages } from 'use-intl';
import { Language } from '../lib/i18n/Language.tsx';
import type { Locale } from '../lib/i18n/locale.ts';
import { queryClient } from '../lib/queryClient.ts';
import { router } from './router.ts';

export function Providers({ locale, messages }: { locale: Locale; messages: Messages }) {
  return (
    <Language first={locale} firstMessages={messages}>
      <QueryClientProvider client={queryClient}>
        {/* The content security policy allows no style elements: what they would say is in our own files. */}
        <CSPProvider disableStyleElements>
          <RouterProvider router={router} />
        </CSPProvider>
      </QueryClientProvider>
    </Language>
  );
}

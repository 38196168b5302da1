import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { SignInForm } from '../features/sign-in/SignInForm.tsx';
import { keepDraftsFor } from '../lib/desk/drafts.ts';
import { meQuery, useMe } from '../lib/desk/me.ts';
import { connectionHeard, useConnection } from '../lib/live/connection.ts';
import { Sheet } from '../ui/Sheet.tsx';

/**
 * Lies over the desk when the sign-in has ended, or does not open it any more. What was typed stays beneath it, unless
 * somebody else signs in.
 */
export function SignedOutSheet({ onBack }: { onBack: () => void }) {
  const t = useTranslations('signIn');
  const me = useMe();
  const queryClient = useQueryClient();
  const { type } = useConnection();
  const isShutOut = type === 'revoked';

  const goOn = async () => {
    const now = await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
    keepDraftsFor(now.operatorId);
    if (now.operatorId !== me.operatorId) {
      queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== meQuery.queryKey[0] });
    }
    connectionHeard.signedIn();
    await queryClient.invalidateQueries();
    onBack();
  };

  return (
    <Sheet
      open={type === 'signedOut' || isShutOut}
      title={isShutOut ? t('shutOutTitle') : t('sheetTitle')}
      lead={isShutOut ? t('shutOutLead') : t('sheetLead')}
      focusesItself
    >
      <SignInForm email={me.email} onSignedIn={goOn} />
    </Sheet>
  );
}

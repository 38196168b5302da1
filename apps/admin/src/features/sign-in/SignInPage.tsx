import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ForgotForm } from './ForgotForm.tsx';
import { OidcButton } from './OidcButton.tsx';
import { Pavilion } from './Pavilion.tsx';
import { SignInForm } from './SignInForm.tsx';
import { welcomeQuery } from './welcomeQuery.ts';

interface Props {
  onSignedIn: () => void | Promise<void>;
  /** Where to come back to from another place one signs in at. */
  to: string;
}

/** The way in: password and code, whatever else this desk offers, and the way to a new password. */
export function SignInPage({ onSignedIn, to }: Props) {
  const t = useTranslations();
  const { data: welcome } = useQuery(welcomeQuery);
  const [isForgot, setIsForgot] = useState(false);

  return (
    <Pavilion title={t('signIn.greeting')} lead={t('signIn.lead')} isLeadOptional>
      {isForgot ? (
        <ForgotForm hasMail={welcome?.mail ?? true} back={() => setIsForgot(false)} />
      ) : (
        <SignInForm onSignedIn={onSignedIn}>
          {welcome?.oidc && <OidcButton name={welcome.oidc} to={to} />}
          {welcome?.needsSetUp && <p className="text-ink-2">{t('otherWays.setUp')}</p>}
          <button
            type="button"
            className="link min-h-8 justify-self-start max-pane:min-h-11"
            onClick={() => setIsForgot(true)}
          >
            {t('otherWays.forgot')}
          </button>
        </SignInForm>
      )}
    </Pavilion>
  );
}

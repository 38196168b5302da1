import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { oidcAddress } from '../../lib/desk/signIn.ts';
import { WideButton } from '../../ui/WideButton.tsx';

/** The provider's name on the server's side of the sign-in. */
const PROVIDER = 'oidc';

/** Signs in where the rest of the house does. */
export function OidcButton({ name, to }: { name: string; to: string }) {
  const t = useTranslations('otherWays');
  const [state, setState] = useState<'rest' | 'busy' | 'failed'>('rest');
  const go = async () => {
    setState('busy');
    const address = await oidcAddress(PROVIDER, to);
    if (address) location.assign(address);
    else setState('failed');
  };
  return (
    <>
      <WideButton type="button" look="plain" disabled={state === 'busy'} onClick={() => void go()}>
        {t('with', { name })}
      </WideButton>
      {state === 'failed' && (
        <p role="alert" className="text-laterite-ink">
          {t('failed', { name })}
        </p>
      )}
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../settings/Loaded.tsx';
import { SettingsPage } from '../settings/SettingsPage.tsx';
import { PasswordSection } from './PasswordSection.tsx';
import { SecondFactor } from './SecondFactor.tsx';
import { securityQuery } from './securityQuery.ts';
import { SignIns } from './SignIns.tsx';

/** What keeps one's account: password, second factor, passkeys, and every browser that is signed in. */
export function SecurityPage() {
  const security = useQuery(securityQuery);
  return (
    <SettingsPage page="security">
      <Loaded query={security}>
        {(held) => (
          <>
            <PasswordSection hasPassword={held.hasPassword} />
            <SecondFactor security={held} />
            <SignIns signIns={held.signIns} />
          </>
        )}
      </Loaded>
    </SettingsPage>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { accountsQuery } from '../../lib/desk/accounts.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { inputLook } from '../../ui/inputLook.ts';
import { Loaded } from '../settings/Loaded.tsx';
import { SettingsPage } from '../settings/SettingsPage.tsx';
import { AccountRow } from './AccountRow.tsx';
import { Invitations } from './Invitations.tsx';
import { InviteSheet } from './InviteSheet.tsx';
import { invitationsQuery } from './usePeopleActs.ts';

/** Everybody who may come in, and who was asked to. */
export function PeoplePage() {
  const t = useTranslations('people');
  const id = useId();
  const accounts = useQuery(accountsQuery);
  const invitations = useQuery(invitationsQuery);
  const [isInviting, setIsInviting] = useState(false);
  const [text, setText] = useState('');
  const wanted = text.trim().toLocaleLowerCase();

  return (
    <SettingsPage
      page="people"
      action={
        <div className="flex flex-wrap gap-2">
          <label htmlFor={id} className="unseen">
            {t('find')}
          </label>
          <input
            id={id}
            type="search"
            placeholder={t('find')}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className={cx(inputLook, 'h-8 w-44 max-pane:h-10')}
          />
          <Button look="go" onClick={accounts.data ? () => setIsInviting(true) : null}>
            {t('invite')}
          </Button>
        </div>
      }
    >
      <Loaded query={accounts}>
        {(all) => {
          const shown = all.filter(({ name, email }) => `${name} ${email}`.toLocaleLowerCase().includes(wanted));
          return (
            <>
              <ul className="border-t border-line-2">
                {shown.map((account) => (
                  <AccountRow key={account.operatorId} account={account} />
                ))}
              </ul>
              {shown.length === 0 && <p className="py-4 text-ink-3">{t('nobody')}</p>}
            </>
          );
        }}
      </Loaded>
      <Invitations invitations={invitations.data ?? []} />
      {isInviting && <InviteSheet onClose={() => setIsInviting(false)} />}
    </SettingsPage>
  );
}

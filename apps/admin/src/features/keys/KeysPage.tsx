import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../settings/Loaded.tsx';
import { SettingsPage } from '../settings/SettingsPage.tsx';
import { AddKeySheet } from './AddKeySheet.tsx';
import { KeyRow } from './KeyRow.tsx';
import { keysQuery } from './keysQuery.ts';

/** The keys programs come in with: one's own, for an admin everybody's. */
export function KeysPage() {
  const t = useTranslations('apiKeys');
  const keys = useQuery(keysQuery);
  const [isAdding, setIsAdding] = useState(false);

  return (
    <SettingsPage
      page="keys"
      action={
        <Button look="go" onClick={keys.data ? () => setIsAdding(true) : null}>
          {t('add')}
        </Button>
      }
    >
      <Loaded query={keys}>
        {(all) =>
          all.length === 0 ? (
            <div className="-mx-6 max-pane:-mx-4">
              <Empty title={t('none')} more={t('noneMore')} />
            </div>
          ) : (
            <ul className="border-t border-line-2">
              {all.map((key) => (
                <KeyRow key={key.keyId} apiKey={key} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {isAdding && <AddKeySheet onClose={() => setIsAdding(false)} />}
    </SettingsPage>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { teamsQuery } from '../../lib/desk/teams.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../settings/Loaded.tsx';
import { SettingsPage } from '../settings/SettingsPage.tsx';
import { SeesUnassigned } from './SeesUnassigned.tsx';
import { TeamRow } from './TeamRow.tsx';
import { TeamSheet } from './TeamSheet.tsx';

/** The teams, who is in them, and who sees what belongs to none. */
export function TeamsPage() {
  const t = useTranslations('teams');
  // Others may have changed them since.
  const teams = useQuery({ ...teamsQuery, refetchOnMount: 'always' });
  const [isAdding, setIsAdding] = useState(false);

  return (
    <SettingsPage
      page="teams"
      action={
        <Button look="go" onClick={teams.data ? () => setIsAdding(true) : null}>
          {t('add')}
        </Button>
      }
    >
      <Loaded query={teams}>
        {(all) =>
          all.length === 0 ? (
            <div className="-mx-6 max-pane:-mx-4">
              <Empty title={t('none')} more={t('noneMore')} />
            </div>
          ) : (
            <ul className="border-t border-line-2">
              {all.map((team) => (
                <TeamRow key={team.teamId} team={team} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {(teams.data?.length ?? 0) > 0 && <SeesUnassigned />}
      {isAdding && <TeamSheet team={null} onClose={() => setIsAdding(false)} />}
    </SettingsPage>
  );
}

import type { Team } from '@sala/contracts';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOperatorName } from '../../lib/desk/operators.ts';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { TeamSheet } from './TeamSheet.tsx';
import { useRemoveTeam } from './useTeamActs.ts';

/** So many names tell who it is about; the number beside them tells the rest. */
const NAMES_SHOWN = 4;

export function TeamRow({ team }: { team: Team }) {
  const t = useTranslations('teams');
  const act = useTranslations('act');
  const nameOf = useOperatorName();
  const [open, setOpen] = useState<'edit' | 'remove' | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const remove = useRemoveTeam(team.teamId);
  const names = team.memberIds.slice(0, NAMES_SHOWN).map(nameOf).join(', ');
  const rest = team.memberIds.length > NAMES_SHOWN ? '…' : '';

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-firm [overflow-wrap:anywhere]">{team.name}</p>
        <p className="text-small [overflow-wrap:anywhere] text-ink-3">
          {t('members', { n: team.memberIds.length })}
          {names && ` · ${names}${rest}`}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button ref={button} aria-label={`${t('edit')}: ${team.name}`} onClick={() => setOpen('edit')}>
          {t('edit')}
        </Button>
        <Button aria-label={`${act('remove')}: ${team.name}`} onClick={() => setOpen('remove')}>
          {act('remove')}
        </Button>
      </div>
      {open === 'edit' && <TeamSheet team={team} onClose={() => setOpen(null)} returnsTo={button} />}
      <Confirm
        open={open === 'remove'}
        onClose={() => setOpen(null)}
        title={t('removeTitle', { name: team.name })}
        lead={t('removeLead')}
        words={act('remove')}
        busyWords={act('removing')}
        act={remove}
        returnsTo={button}
      />
    </li>
  );
}

import type { RoomView } from '@sala/contracts';
import { MoreHorizontal } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '../../../ui/Button.tsx';
import { Menu, MenuChoice } from '../../../ui/Menu.tsx';
import { Why } from '../../../ui/Why.tsx';
import { useAssignTeam } from './useAssignTeam.ts';

/** How "no team" is written among the ids of teams. */
const NOBODY = '';

/** The room's menu: whose conversation it is. Only where the desk has teams, and for who may give it away. */
export function TeamMenu({ room }: { room: RoomView }) {
  const t = useTranslations();
  const { teams, mayGiveToNobody, run, busy, problem } = useAssignTeam(room);
  if (teams.length === 0) return null;
  const held = room.head.teamId ?? NOBODY;
  const options = [
    ...teams.map(({ teamId, name }) => ({ value: teamId, words: name })),
    ...(mayGiveToNobody ? [{ value: NOBODY, words: t('teams.toNobody') }] : []),
  ];

  return (
    <Menu
      label={t('teams.give')}
      trigger={
        <Button look="icon" aria-label={t('teams.give')} title={t('teams.give')}>
          <MoreHorizontal size={20} aria-hidden="true" />
        </Button>
      }
    >
      <MenuChoice
        label={busy ? t('teams.giving') : t('teams.give')}
        value={held}
        options={options}
        onChoose={(teamId) => {
          if (teamId !== held) void run?.(teamId === NOBODY ? null : teamId);
        }}
      />
      <Why problem={problem} className="max-w-64 px-2.5 pb-2" />
    </Menu>
  );
}

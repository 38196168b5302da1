import { may, type RoomView, type Team, type TeamId } from '@sala/contracts';
import { useQuery } from '@tanstack/react-query';
import { deskSettingsQuery } from '../../../lib/desk/deskSettings.ts';
import { inRoom } from '../../../lib/desk/inRoom.ts';
import { useMe } from '../../../lib/desk/me.ts';
import { useTeams } from '../../../lib/desk/teams.ts';
import { useAct } from '../../../lib/desk/useAct.ts';
import { api } from '../../../lib/live/api.ts';
import { useMayAct } from '../../../lib/live/connection.ts';

/** Gives the conversation to a team. `teams` are those one may give it to; `run` is also null while the desk is not live. */
export function useAssignTeam({ conversationId, head }: RoomView) {
  const me = useMe();
  const all = useTeams();
  const { data: settings } = useQuery({ ...deskSettingsQuery, enabled: all.length > 0 });
  const mayGive = (teamId: TeamId | null): boolean =>
    settings !== undefined && may(me, 'conversation.assignTeam', { of: head, teamId, settings });
  const teams: Team[] = all.filter(({ teamId }) => mayGive(teamId));
  const act = useAct(
    useMayAct()
      ? (teamId: TeamId | null) =>
          inRoom(conversationId, async () => {
            await api.room.assignTeam.mutate({ conversationId, teamId });
            return true;
          })
      : null,
  );
  return { ...act, teams, mayGiveToNobody: mayGive(null) };
}

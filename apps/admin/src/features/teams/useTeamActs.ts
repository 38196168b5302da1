import type { AddTeam, ChangeDeskSettings, TeamId } from '@sala/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { deskSettingsQuery } from '../../lib/desk/deskSettings.ts';
import { teamsQuery } from '../../lib/desk/teams.ts';
import { useAct } from '../../lib/desk/useAct.ts';
import { api } from '../../lib/live/api.ts';

/** Makes a team, or with `teamId` changes it. */
export function useSaveTeam(teamId: TeamId | null) {
  const queryClient = useQueryClient();
  return useAct(async (team: AddTeam) => {
    const saved = await (teamId ? api.teams.change.mutate({ teamId, ...team }) : api.teams.add.mutate(team));
    await queryClient.invalidateQueries(teamsQuery);
    return saved;
  });
}

export function useRemoveTeam(teamId: TeamId) {
  const queryClient = useQueryClient();
  return useAct(async () => {
    await api.teams.remove.mutate({ teamId });
    await queryClient.invalidateQueries(teamsQuery);
    return true;
  });
}

/** What holds for the whole desk: on the screen it is so once the server has it. */
export function useChangeDeskSettings() {
  const queryClient = useQueryClient();
  return useAct(async (change: ChangeDeskSettings) => {
    queryClient.setQueryData(deskSettingsQuery.queryKey, await api.settings.change.mutate(change));
    return true;
  });
}

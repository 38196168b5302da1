import type { Team, TeamId } from '@sala/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api } from '../live/api.ts';

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: (): Promise<Team[]> => api.teams.list.query(),
});

/** The desk's teams; none while they are on their way, and on a desk that has none. */
export const useTeams = (): Team[] => useQuery(teamsQuery).data ?? NONE;
const NONE: Team[] = [];

/** A team's name; null for no team, and for one that is not known (yet). */
export function useTeamName(): (teamId: TeamId | null) => string | null {
  const teams = useTeams();
  return useCallback((teamId) => teams.find((one) => one.teamId === teamId)?.name ?? null, [teams]);
}

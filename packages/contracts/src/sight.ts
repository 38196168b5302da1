import type { Belonging } from './head.ts';
import type { TeamId } from './id.ts';
import type { Member } from './operator.ts';
import { holderOf } from './session.ts';
import type { DeskSettings } from './settings.ts';

/** What somebody sees beside the conversations they hold: everything, or those of some teams. Null stands for no team. */
export type Sight = 'everything' | readonly (TeamId | null)[];

/** An admin sees everything. Everybody else sees what belongs to their teams, and what belongs to none as the desk's setting says. */
export function sightOf({ role, teamIds }: Pick<Member, 'role' | 'teamIds'>, { unassigned }: DeskSettings): Sight {
  if (role === 'admin') return 'everything';
  return unassigned === 'everybody' || role === 'supervisor' ? [null, ...teamIds] : teamIds;
}

/** Whether the conversations of a team, or of none, are in sight. */
export const isInSight = (sight: Sight, teamId: TeamId | null): boolean =>
  sight === 'everything' || sight.includes(teamId);

/** What one sees who holds the conversation, or has its team in sight. */
export const sees = ({ operatorId }: Pick<Member, 'operatorId'>, sight: Sight, of: Belonging): boolean =>
  isInSight(sight, of.teamId) || holderOf(of.session) === operatorId;

import { type AddTeam, type ChangeTeam, MAX_TEAMS, may, type OneTeam, refuse, type Team } from '@sala/contracts';
import type { Caller } from '../deps.ts';
import { release } from './release.ts';
import { readTeam, readTeams, rewriteTeam, writeTeam } from './teamStore.ts';

/** Every team, with who is in it. */
export const list = ({ db }: Caller): Promise<Team[]> => readTeams(db);

/** @throws NOT_ALLOWED, and INVALID when the name is taken, somebody is not on the desk, or there are {@link MAX_TEAMS} */
export async function add(caller: Caller, asked: AddTeam): Promise<Team> {
  const { db, newId, revocation } = caller;
  assertManages(caller);
  if ((await db.prisma.team.count()) >= MAX_TEAMS) {
    refuse({ code: 'INVALID', issues: [{ path: '', code: 'tooMany', message: `at most ${MAX_TEAMS} teams` }] });
  }
  const teamId = newId();
  await writeTeam(db, { ...asked, teamId });
  const team = (await readTeam(db, teamId)) ?? refuse({ code: 'NOT_FOUND' });
  await tell(caller, 'team.added', { before: null, after: team });
  revocation.rightsChanged(team.memberIds);
  return team;
}

/** Changes what is named. Who joins or leaves connects anew, and sees what they see now. @throws as {@link add}, NOT_FOUND */
export async function change(caller: Caller, asked: ChangeTeam): Promise<Team> {
  const { db, revocation } = caller;
  assertManages(caller);
  const before = (await readTeam(db, asked.teamId)) ?? refuse({ code: 'NOT_FOUND' });
  await rewriteTeam(db, asked);
  const after = (await readTeam(db, asked.teamId)) ?? refuse({ code: 'NOT_FOUND' });
  await tell(caller, 'team.changed', { before, after });
  const isIn = (team: Team) => (operatorId: string) => team.memberIds.includes(operatorId);
  const left = before.memberIds.filter((one) => !isIn(after)(one));
  revocation.rightsChanged([...left, ...after.memberIds.filter((one) => !isIn(before)(one))]);
  return after;
}

/**
 * Ends a team. Its conversations and channels belong to nobody in particular afterwards: a hundred conversations at
 * once, further ones a hundred every few seconds. @throws NOT_ALLOWED, NOT_FOUND
 */
export async function remove(caller: Caller, { teamId }: OneTeam): Promise<void> {
  const { db, revocation } = caller;
  assertManages(caller);
  const before = (await readTeam(db, teamId)) ?? refuse({ code: 'NOT_FOUND' });
  await db.prisma.team.deleteMany({ where: { id: teamId } });
  await tell(caller, 'team.removed', { before, after: null });
  revocation.rightsChanged(before.memberIds);
  await release(caller, teamId, caller);
}

function assertManages({ operator }: Caller): void {
  if (!may(operator, 'teams.manage')) refuse({ code: 'NOT_ALLOWED' });
}

type Between = { before: Team | null; after: Team | null };

function tell(caller: Caller, action: 'team.added' | 'team.changed' | 'team.removed', { before, after }: Between) {
  const { teamId, name } = (after ?? before)!;
  return caller.audit.write(caller, { action, subject: { type: 'team', id: teamId, name }, before, after });
}

import { type AddTeam, type ChangeTeam, type OperatorId, refuse, type Team, type TeamId } from '@sala/contracts';
import type { Database } from '@sala/db';

/** Every team with who is in it, by name. */
export async function readTeams({ prisma }: Database): Promise<Team[]> {
  const rows = await prisma.team.findMany({ orderBy: { name: 'asc' }, include: { members: true } });
  return rows.map(toTeam);
}

/** A team with who is in it, or null. */
export async function readTeam({ prisma }: Database, teamId: TeamId): Promise<Team | null> {
  const row = await prisma.team.findUnique({ where: { id: teamId }, include: { members: true } });
  return row && toTeam(row);
}

export const hasTeam = async ({ prisma }: Database, teamId: TeamId): Promise<boolean> =>
  (await prisma.team.count({ where: { id: teamId } })) > 0;

type Row = { id: string; name: string; members: { operatorId: OperatorId }[] };

const toTeam = ({ id, name, members }: Row): Team => ({
  teamId: id,
  name,
  memberIds: members.map(({ operatorId }) => operatorId).toSorted(),
});

/** @throws INVALID when the name is taken, or somebody is not on the desk */
export async function writeTeam({ prisma }: Database, { teamId, name, memberIds }: AddTeam & { teamId: TeamId }) {
  const members = { create: [...new Set(memberIds)].map((operatorId) => ({ operatorId })) };
  await prisma.team.create({ data: { id: teamId, name, members } }).catch(refuseImpossible);
}

/** Changes what is named, all of it or nothing. @throws as {@link writeTeam} */
export async function rewriteTeam({ prisma }: Database, { teamId, name, memberIds }: ChangeTeam): Promise<void> {
  const operatorIds = [...new Set(memberIds)];
  const members = memberIds && {
    deleteMany: { operatorId: { notIn: operatorIds } },
    upsert: operatorIds.map((operatorId) => ({
      where: { teamId_operatorId: { teamId, operatorId } },
      create: { operatorId },
      update: {},
    })),
  };
  const data = { ...(name === undefined ? {} : { name }), ...(members ? { members } : {}) };
  await prisma.team.update({ where: { id: teamId }, data }).catch(refuseImpossible);
}

/** Prisma's words for a broken unique index, and for a row that is not there to refer to. */
const [TAKEN, NOT_THERE, GONE] = ['P2002', 'P2003', 'P2025'];

function refuseImpossible(error: unknown): never {
  const { code } = error as { code?: string };
  if (code === GONE) refuse({ code: 'NOT_FOUND' });
  if (code === TAKEN) refuse({ code: 'INVALID', issues: [{ path: 'name', code: 'taken', message: 'is taken' }] });
  if (code !== NOT_THERE) throw error;
  return refuse({ code: 'INVALID', issues: [{ path: 'memberIds', code: 'unknown', message: 'not on the desk' }] });
}

import type { ConversationId, Operator, RoomFact, TeamId } from '@sala/contracts';
import { asIdentity } from '../../src/auth/identity.ts';
import { createCaller } from '../../src/trpc/appRouter.ts';
import { createContext } from '../../src/trpc/context.ts';
import type { TestDesk } from './desk.ts';
import { newRoom, said } from './rooms.ts';

/** The router at hand for somebody who is in these teams. */
export const inTeams = (desk: TestDesk, operator: Operator, ...teamIds: TeamId[]) =>
  createCaller(createContext(desk.deps, asIdentity(operator, teamIds)));

/** A team of these people, made as an admin makes it. */
export async function newTeam(desk: TestDesk, name: string, people: Operator[] = []): Promise<TeamId> {
  const admin = await desk.operator(`Admin of ${name}`.replaceAll(' ', '-'), 'admin');
  const { teamId } = await admin.api.teams.add({ name, memberIds: people.map(({ operatorId }) => operatorId) });
  return teamId;
}

export const teamed = (teamId: TeamId | null): RoomFact => ({ type: 'conversation.teamed', teamId, by: null });

/** A conversation of a team in which a customer waits, or which somebody holds. */
export async function teamRoom(
  desk: TestDesk,
  teamId: TeamId | null,
  heldBy?: Operator,
): Promise<{ conversationId: ConversationId }> {
  const sessionId = desk.deps.newId();
  return newRoom(desk, [
    teamed(teamId),
    said('hello'),
    { type: 'session.opened', sessionId, handOver: { how: 'keyword', word: 'human' } },
    ...(heldBy ? [{ type: 'session.claimed' as const, sessionId, operatorId: heldBy.operatorId }] : []),
  ]);
}

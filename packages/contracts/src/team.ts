import { z } from 'zod';
import { ConversationId, OperatorId, TeamId } from './id.ts';
import { Text } from './text.ts';

export const MAX_TEAMS = 200;
export const MAX_TEAM_MEMBERS = 1_000;

/** People who answer for the same conversations. A conversation belongs to one team, or to none. */
export const Team = z.object({ teamId: TeamId, name: z.string().max(100), memberIds: z.array(OperatorId) });
export type Team = z.infer<typeof Team>;

const name = Text.trim().min(1).max(100);
const memberIds = z.array(OperatorId).max(MAX_TEAM_MEMBERS);

export const AddTeam = z.strictObject({ name, memberIds: memberIds.default([]) });
export type AddTeam = z.infer<typeof AddTeam>;

/** Only what is named changes. */
export const ChangeTeam = z.strictObject({ teamId: TeamId, name: name.optional(), memberIds: memberIds.optional() });
export type ChangeTeam = z.infer<typeof ChangeTeam>;

export const OneTeam = z.strictObject({ teamId: TeamId });
export type OneTeam = z.infer<typeof OneTeam>;

/** Gives a conversation to a team; null: to nobody in particular. */
export const AssignTeam = z.strictObject({ conversationId: ConversationId, teamId: TeamId.nullable() });
export type AssignTeam = z.infer<typeof AssignTeam>;

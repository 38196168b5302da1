import { z } from 'zod';
import { OperatorId, TeamId } from './id.ts';
import { Text } from './text.ts';

export const Role = z.enum(['operator', 'supervisor', 'admin']);
export type Role = z.infer<typeof Role>;

/** An operator as colleagues see them. */
export const Operator = z.object({ operatorId: OperatorId, name: z.string().max(100), role: Role });
export type Operator = z.infer<typeof Operator>;

/** An operator and the teams they are in: what rights are decided on. */
export const Member = Operator.extend({ teamIds: z.array(TeamId) });
export type Member = z.infer<typeof Member>;

export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 256;

/** Somebody new on the desk, with a first password. */
export const AddOperator = z.strictObject({
  name: Text.trim().min(1).max(100),
  email: z.email().max(254).toLowerCase(),
  password: z.string().min(MIN_PASSWORD_LENGTH).max(MAX_PASSWORD_LENGTH),
  role: Role,
});
export type AddOperator = z.infer<typeof AddOperator>;

export const LOCALES = ['en', 'th', 'ja'] as const;

/** What the desk may sound for: the queue and one's own conversations, one's own alone, nothing. */
export const SoundScope = z.enum(['queue', 'mine', 'off']);
export type SoundScope = z.infer<typeof SoundScope>;

/** `volume` is in percent. */
export const SoundSettings = z.strictObject({ scope: SoundScope, volume: z.int().min(0).max(100) });
export type SoundSettings = z.infer<typeof SoundSettings>;

/** What an operator chose for their own desk; kept by the server, so it follows them to any browser. */
export const OperatorSettings = z.object({
  locale: z.enum(LOCALES).nullable().default(null),
  theme: z.enum(['light', 'dark', 'system']).default('system'),
  /** Which key sends; the other one of the two makes a new line. */
  sendKey: z.enum(['enter', 'mod-enter']).default('enter'),
  sound: SoundSettings.default({ scope: 'queue', volume: 60 }),
});
export type OperatorSettings = z.infer<typeof OperatorSettings>;

/** A change of one's own settings: only what is named changes. */
export const ChangeSettings = z.strictObject({
  locale: z.enum(LOCALES).nullable().optional(),
  theme: z.enum(['light', 'dark', 'system']).optional(),
  sendKey: z.enum(['enter', 'mod-enter']).optional(),
  sound: SoundSettings.optional(),
});
export type ChangeSettings = z.infer<typeof ChangeSettings>;

/** The signed-in operator: who they are, what they may do at all, how they like their desk. */
export const Me = Member.extend({
  email: z.string(),
  permissions: z.array(z.string()),
  settings: OperatorSettings,
});
export type Me = z.infer<typeof Me>;

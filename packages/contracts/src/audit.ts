import { z } from 'zod';
import { Instant, OperatorId } from './id.ts';
import { Text } from './text.ts';

/** Everything that is written down for good. A new sensitive act gets its name here. */
export const AuditAction = z.enum([
  'signIn.succeeded',
  'signIn.failed',
  'signIn.ended',
  'password.changed',
  'password.resetAsked',
  'password.reset',
  'secondFactor.added',
  'secondFactor.removed',
  'secondFactor.backupCodeUsed',
  'passkey.added',
  'passkey.removed',
  'account.setUp',
  'account.invited',
  'account.invitationWithdrawn',
  'account.joined',
  'account.added',
  'account.changed',
  'account.banned',
  'account.unbanned',
  'key.added',
  'key.removed',
  'team.added',
  'team.changed',
  'team.removed',
  'channel.changed',
  'settings.changed',
  'session.claimed',
  'session.transferred',
  'session.closed',
  'conversation.teamed',
  'audit.exported',
]);
export type AuditAction = z.infer<typeof AuditAction>;

/**
 * One line of the audit log. `actor` is null for who could not be known (a failed sign-in) and for the desk itself.
 * `before` and `after` name what changed, never a secret and never a message's text. `via` says how the actor came in.
 */
export const AuditEntry = z.object({
  entryId: z.string(),
  at: Instant,
  action: AuditAction,
  actor: z.object({ operatorId: OperatorId, name: z.string() }).nullable(),
  via: z.enum(['signIn', 'key', 'system']),
  subject: z.object({
    type: z.enum(['operator', 'conversation', 'team', 'channel', 'key', 'desk']),
    id: z.string(),
    name: z.string().nullable(),
  }),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  address: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const MAX_AUDIT_PAGE = 100;
/** Longer exports are asked for in parts. */
export const MAX_AUDIT_EXPORT = 50_000;

/** Some ISO times are none to PostgreSQL (the year 0). */
const Moment = Instant.refine((at) => at > '0001', 'is no time that is looked for');

/** The newest first. `text` is looked for in the names and ids of actor and subject; `until` is not part of the time. */
export const AuditQuery = z.strictObject({
  actions: z.array(AuditAction).max(AuditAction.options.length).optional(),
  actorId: OperatorId.optional(),
  subjectId: Text.min(1).max(64).optional(),
  text: Text.trim().max(100).optional(),
  from: Moment.optional(),
  until: Moment.optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

export const AuditList = AuditQuery.extend({
  cursor: z.string().max(100).optional(),
  limit: z.int().min(1).max(MAX_AUDIT_PAGE).default(50),
});
export type AuditList = z.infer<typeof AuditList>;

export const AuditPage = z.object({ entries: z.array(AuditEntry), nextCursor: z.string().nullable() });
export type AuditPage = z.infer<typeof AuditPage>;

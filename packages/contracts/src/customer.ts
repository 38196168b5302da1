import { z } from 'zod';
import { ClosedBy } from './fact.ts';
import { ConversationId, Instant, OperatorId, SessionId } from './id.ts';

/** How many past sessions a customer's panel shows. */
export const SESSIONS_SHOWN = 20;

/** One session, as the customer's history lists it. Times that have not come yet are null. */
export const SessionSummary = z.object({
  sessionId: SessionId,
  openedAt: Instant,
  claimedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  operatorId: OperatorId.nullable(),
  closedBy: ClosedBy.nullable(),
  reason: z.string().nullable(),
});
export type SessionSummary = z.infer<typeof SessionSummary>;

/** What the desk knows of a customer beyond the room's head: when they came, and their sessions, newest first. */
export const CustomerView = z.object({
  conversationId: ConversationId,
  /** LINE's id of the user, group or room. */
  lineId: z.string(),
  firstSeenAt: Instant,
  sessions: z.array(SessionSummary).max(SESSIONS_SHOWN),
});
export type CustomerView = z.infer<typeof CustomerView>;

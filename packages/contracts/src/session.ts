import { z } from 'zod';
import { ClosedBy } from './fact.ts';
import { Instant, OperatorId, SessionId } from './id.ts';

/** One engagement of people with a customer. `since` is when this state began. */
export const Session = z.discriminatedUnion('status', [
  z.object({ status: z.literal('WAITING'), sessionId: SessionId, since: Instant }),
  z.object({ status: z.literal('ACTIVE'), sessionId: SessionId, operatorId: OperatorId, since: Instant }),
  z.object({ status: z.literal('CLOSED'), sessionId: SessionId, by: ClosedBy, since: Instant }),
]);
export type Session = z.infer<typeof Session>;

/** Whether the bot answers the customer or is silent for people. */
export type Mode = 'BOT' | 'HUMAN';

export const modeOf = (session: Session | null): Mode =>
  session === null || session.status === 'CLOSED' ? 'BOT' : 'HUMAN';

export const holderOf = (session: Session | null): OperatorId | null =>
  session?.status === 'ACTIVE' ? session.operatorId : null;

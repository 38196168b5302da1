import { z } from 'zod';
import { DeliveryFailure, type RoomFact } from './fact.ts';
import { Instant, type MessageId } from './id.ts';

/**
 * Where a message is on its way to LINE. `delayed` with an uncertain failure reads "LINE did not answer; checking":
 * the next attempt carries the same retry key, so it cannot arrive twice.
 */
export const Delivery = z.discriminatedUnion('state', [
  z.object({ state: z.literal('queued') }),
  z.object({ state: z.literal('sending'), attempt: z.int().positive() }),
  z.object({ state: z.literal('delayed'), attempt: z.int().positive(), failure: DeliveryFailure, retryAt: Instant }),
  z.object({ state: z.literal('sent'), at: Instant, lineMessageId: z.string().nullable() }),
  z.object({ state: z.literal('failed'), failure: DeliveryFailure }),
]);
export type Delivery = z.infer<typeof Delivery>;

/** The delivery a fact speaks of, and what it becomes. Null for facts that concern no delivery. */
export function deliveryAfter(fact: RoomFact, at: Instant): { messageId: MessageId; delivery: Delivery } | null {
  switch (fact.type) {
    case 'bot.wrote':
    case 'operator.wrote':
    case 'delivery.retried':
      return { messageId: fact.messageId, delivery: { state: 'queued' } };
    case 'delivery.started':
      return { messageId: fact.messageId, delivery: { state: 'sending', attempt: fact.attempt } };
    case 'delivery.sent':
      return { messageId: fact.messageId, delivery: { state: 'sent', at, lineMessageId: fact.lineMessageId } };
    case 'delivery.delayed': {
      const { messageId, attempt, failure, retryAt } = fact;
      return { messageId, delivery: { state: 'delayed', attempt, failure, retryAt } };
    }
    case 'delivery.failed':
      return { messageId: fact.messageId, delivery: { state: 'failed', failure: fact.failure } };
    case 'customer.wrote':
    case 'customer.pressed':
    case 'customer.followed':
    case 'customer.blocked':
    case 'customer.profiled':
    case 'line.reported':
    case 'session.opened':
    case 'session.claimed':
    case 'session.transferred':
    case 'session.closed':
    case 'conversation.teamed':
      return null;
  }
}

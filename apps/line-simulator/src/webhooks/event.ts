import type { LineMessage } from '../world/chats.ts';

/** A webhook event. `type` is an open set, as LINE's is. */
export type WebhookEvent = {
  type: string;
  mode: 'active' | 'standby';
  timestamp: number;
  webhookEventId: string;
  deliveryContext: { isRedelivery: boolean };
  source?: { type: 'user'; userId: string };
  replyToken?: string;
  message?: LineMessage & { id: string };
  [property: string]: unknown;
};

/** What a redelivery sends: the same event with the one change LINE makes. */
export function redelivered(event: WebhookEvent): WebhookEvent {
  return { ...event, deliveryContext: { ...event.deliveryContext, isRedelivery: true } };
}

/** "message text, unsend": an event list in one line, for the log. */
export function summarised(events: readonly WebhookEvent[]): string {
  if (events.length === 0) return 'no events';
  return events.map(({ type, message }) => (message ? `${type} ${message.type}` : type)).join(', ');
}

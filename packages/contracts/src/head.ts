import { z } from 'zod';
import { Content, previewText } from './content.ts';
import type { RoomEvent } from './fact.ts';
import { Instant, OperatorId, TeamId } from './id.ts';
import { evolveSession } from './lifecycle.ts';
import { Session } from './session.ts';

/**
 * The person on LINE, as far as LINE has told. `reachable` turns false when they block the account; `reachableSince` is
 * LINE's time of that news, so that an older one arriving later changes nothing.
 */
export const Customer = z.object({
  displayName: z.string().nullable(),
  pictureUrl: z.string().nullable(),
  language: z.string().nullable(),
  reachable: z.boolean(),
  reachableSince: Instant.nullable(),
});
export type Customer = z.infer<typeof Customer>;

/**
 * The newest thing that a person wrote, as a list shows it; the bot's words only while nobody has written. `kind` names
 * what words cannot (a picture, a sticker). `at` is LINE's time for a customer's message.
 */
export const LastMessage = z.object({
  author: z.enum(['customer', 'bot', 'operator']),
  operatorId: OperatorId.nullable(),
  kind: z.enum(Content.options.map((option) => option.shape.type.value)),
  text: z.string(),
  at: Instant,
});
export type LastMessage = z.infer<typeof LastMessage>;

/** Everything about a conversation but its messages: what an inbox row shows and what a room begins with. */
export const RoomHead = z.object({
  session: Session.nullable(),
  /** Whose it is; null: nobody's in particular. */
  teamId: TeamId.nullable().default(null),
  customer: Customer,
  last: LastMessage.nullable(),
  /** Messages of the customer since a person last wrote to them; none once the session is closed. */
  unanswered: z.int().nonnegative(),
  /** Messages that LINE refused and nobody has sent again. */
  failed: z.int().nonnegative(),
  /** When the conversation last moved: orders the lists, newest first (waiting ones by {@link Session} `since`). */
  activeAt: Instant,
});
export type RoomHead = z.infer<typeof RoomHead>;

export const emptyHead = (at: Instant): RoomHead => ({
  session: null,
  teamId: null,
  customer: { displayName: null, pictureUrl: null, language: null, reachable: true, reachableSince: null },
  last: null,
  unanswered: 0,
  failed: 0,
  activeAt: at,
});

/** Whose a conversation is: its team and, by its session, who holds it. A head tells both. */
export type Belonging = Pick<RoomHead, 'teamId' | 'session'>;

/** Whose a conversation is after an event: for who follows one without its head. */
export const belongingAfter = (before: Belonging, event: RoomEvent): Belonging => ({
  session: evolveSession(before.session, event),
  teamId: event.fact.type === 'conversation.teamed' ? event.fact.teamId : before.teamId,
});

/** The one fold of facts into a head. The server's projection and the SPA's cache both come from it. */
export function evolveHead(before: RoomHead, event: RoomEvent): RoomHead {
  const head = { ...before, ...belongingAfter(before, event) };
  const { at, fact } = event;
  switch (fact.type) {
    case 'customer.wrote': {
      const last = newer(head.last, lastMessage('customer', null, fact.content, fact.sentAt));
      return { ...head, last, unanswered: head.unanswered + 1, activeAt: at };
    }
    case 'bot.wrote':
      return { ...head, last: head.last ?? lastMessage('bot', null, fact.content, at), activeAt: at };
    case 'operator.wrote': {
      const last = newer(head.last, lastMessage('operator', fact.operatorId, fact.content, at));
      return { ...head, last, unanswered: 0, activeAt: at };
    }
    case 'customer.followed':
      return { ...head, customer: reached(head.customer, true, fact.sentAt) };
    case 'customer.blocked':
      return { ...head, customer: reached(head.customer, false, fact.sentAt) };
    case 'customer.profiled': {
      const { displayName, pictureUrl, language } = fact;
      return { ...head, customer: { ...head.customer, displayName, pictureUrl, language } };
    }
    case 'session.closed':
      return { ...head, unanswered: 0, activeAt: at };
    case 'session.opened':
    case 'session.claimed':
    case 'session.transferred':
    case 'customer.pressed':
      return { ...head, activeAt: at };
    // Whose it is says nothing of when it last moved: it keeps its place in the lists.
    case 'conversation.teamed':
      return head;
    case 'delivery.failed':
      return { ...head, failed: head.failed + 1 };
    case 'delivery.retried':
      return { ...head, failed: Math.max(0, head.failed - 1) };
    case 'line.reported':
    case 'delivery.started':
    case 'delivery.sent':
    case 'delivery.delayed':
      return head;
  }
}

/** LINE may hand over an older message later: it is not the newest because of that. */
const newer = (held: LastMessage | null, message: LastMessage): LastMessage =>
  held && held.author !== 'bot' && held.at > message.at ? held : message;

const reached = (customer: Customer, reachable: boolean, sentAt: Instant): Customer =>
  customer.reachableSince && customer.reachableSince > sentAt
    ? customer
    : { ...customer, reachable, reachableSince: sentAt };

function lastMessage(
  author: LastMessage['author'],
  operatorId: OperatorId | null,
  content: Content,
  at: Instant,
): LastMessage {
  return { author, operatorId, kind: content.type, text: previewText(content), at };
}

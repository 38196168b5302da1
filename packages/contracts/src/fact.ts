import { z } from 'zod';
import { Content } from './content.ts';
import { Instant, MessageId, OperatorId, SessionId, TeamId } from './id.ts';

/** How long a note at a transfer, or a reason at a close, may be. */
export const MAX_NOTE_LENGTH = 500;

/** Why a conversation began to wait for a person. */
export const HandOver = z.discriminatedUnion('how', [
  z.object({ how: z.literal('keyword'), word: z.string().max(200) }),
  z.object({ how: z.literal('postback'), data: z.string().max(300) }),
  z.object({ how: z.literal('operator'), operatorId: OperatorId }),
]);
export type HandOver = z.infer<typeof HandOver>;

/** Who ended a session. USER, SYSTEM and SYSTEM_TIMEOUT are the customer, a rule, and silence. */
export const ClosedBy = z.discriminatedUnion('type', [
  z.object({ type: z.literal('OPERATOR'), operatorId: OperatorId }),
  z.object({ type: z.literal('USER') }),
  z.object({ type: z.literal('SYSTEM') }),
  z.object({ type: z.literal('SYSTEM_TIMEOUT') }),
]);
export type ClosedBy = z.infer<typeof ClosedBy>;

/**
 * Why LINE did not take a message. `status` is LINE's HTTP status, or null when no answer came; `message` is LINE's own text.
 * `certain` is false when LINE may have taken the message all the same (no answer, or a 5xx).
 */
export const DeliveryFailure = z.object({
  status: z.int().nullable(),
  message: z.string().max(1_000),
  certain: z.boolean(),
});
export type DeliveryFailure = z.infer<typeof DeliveryFailure>;

/** Something that happened in a conversation. Facts are never edited, only followed by others. */
export const RoomFact = z.discriminatedUnion('type', [
  /** `sentAt` is LINE's timestamp; `lineMessageId` names the message at LINE. */
  z.object({
    type: z.literal('customer.wrote'),
    messageId: MessageId,
    lineMessageId: z.string().max(64),
    content: Content,
    sentAt: Instant,
  }),
  /** The customer pressed a button that carries `data` (a postback). */
  z.object({ type: z.literal('customer.pressed'), data: z.string().max(300), sentAt: Instant }),
  z.object({ type: z.literal('customer.followed'), sentAt: Instant }),
  /** Blocked, in LINE's words "unfollowed": nothing sent from here on arrives. */
  z.object({ type: z.literal('customer.blocked'), sentAt: Instant }),
  /** What LINE's profile says; missing fields were not given. */
  z.object({
    type: z.literal('customer.profiled'),
    displayName: z.string().max(200),
    pictureUrl: z.url().max(2_000).nullable(),
    language: z.string().max(35).nullable(),
  }),
  /** LINE reported an event of a kind that Sala does not act on. The webhook itself is kept. */
  z.object({ type: z.literal('line.reported'), kind: z.string().max(64), sentAt: Instant }),
  z.object({ type: z.literal('bot.wrote'), messageId: MessageId, content: Content }),
  z.object({ type: z.literal('operator.wrote'), messageId: MessageId, content: Content, operatorId: OperatorId }),
  z.object({ type: z.literal('session.opened'), sessionId: SessionId, handOver: HandOver }),
  z.object({ type: z.literal('session.claimed'), sessionId: SessionId, operatorId: OperatorId }),
  z.object({
    type: z.literal('session.transferred'),
    sessionId: SessionId,
    by: OperatorId,
    from: OperatorId,
    to: OperatorId,
    note: z.string().max(MAX_NOTE_LENGTH),
  }),
  z.object({
    type: z.literal('session.closed'),
    sessionId: SessionId,
    by: ClosedBy,
    reason: z.string().max(MAX_NOTE_LENGTH).nullable(),
  }),
  /**
   * The conversation belongs to a team from here on; null: to nobody in particular. `by` is null where the desk itself
   * gave it: as its channel's team has it at the beginning, and where a team is no more.
   */
  z.object({ type: z.literal('conversation.teamed'), teamId: TeamId.nullable(), by: OperatorId.nullable() }),
  /** A worker is about to ask LINE to take the message, for the `attempt`th time. */
  z.object({ type: z.literal('delivery.started'), messageId: MessageId, attempt: z.int().positive() }),
  /** LINE took the message: the strongest thing a bot may claim, there are no read or delivery receipts. */
  z.object({ type: z.literal('delivery.sent'), messageId: MessageId, lineMessageId: z.string().max(64).nullable() }),
  /** LINE did not take it this time, or did not say; it is asked again at `retryAt` under the same retry key. */
  z.object({
    type: z.literal('delivery.delayed'),
    messageId: MessageId,
    attempt: z.int().positive(),
    failure: DeliveryFailure,
    retryAt: Instant,
  }),
  z.object({ type: z.literal('delivery.failed'), messageId: MessageId, failure: DeliveryFailure }),
  /** An operator asked for a failed message to be sent once more. */
  z.object({ type: z.literal('delivery.retried'), messageId: MessageId, operatorId: OperatorId }),
]);
export type RoomFact = z.infer<typeof RoomFact>;

/** A fact and its place in the conversation's log: 1, 2, 3, … with no gaps. `at` is when it was recorded. */
export const RoomEvent = z.object({ seq: z.int().positive(), at: Instant, fact: RoomFact });
export type RoomEvent = z.infer<typeof RoomEvent>;

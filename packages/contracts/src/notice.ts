import { z } from 'zod';
import { ConversationId, OperatorId } from './id.ts';

/** Whether this server hears all that happens on the others. Degraded, what happens there is seen some seconds late. */
export const DeskHealth = z.enum(['whole', 'degraded']);
export type DeskHealth = z.infer<typeof DeskHealth>;

/**
 * What concerns one operator alone. The first thing said is `desk`: which build of the admin the server serves (null
 * when it serves none) and whether it hears the other servers; said again when that changes. A notice is a hint: what
 * it speaks of is in the lists, too, and who was away for longer than a minute hears of it no more.
 */
export const Notice = z.discriminatedUnion('type', [
  z.object({ type: z.literal('desk'), build: z.string().nullable(), health: DeskHealth }),
  /** A colleague gave the operator a conversation. */
  z.object({
    type: z.literal('given'),
    conversationId: ConversationId,
    by: OperatorId,
    customerName: z.string().nullable(),
    note: z.string(),
  }),
]);
export type Notice = z.infer<typeof Notice>;

/** Opens the stream of notices. `lastEventId` is the last one heard; the client fills it in again on every reconnect. */
export const FollowNotices = z.strictObject({ lastEventId: z.string().max(100).optional() }).default({});
export type FollowNotices = z.infer<typeof FollowNotices>;

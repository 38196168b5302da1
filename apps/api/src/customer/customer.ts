import { ClosedBy, type CustomerView, refuse, type Room, SESSIONS_SHOWN } from '@sala/contracts';
import type { Caller } from '../deps.ts';
import { seenRoom } from '../room/seen.ts';

/** What the desk knows of a customer beyond the room: since when, and their sessions, newest first. @throws NOT_FOUND */
export async function get(caller: Caller, { conversationId }: Room): Promise<CustomerView> {
  await seenRoom(caller, conversationId);
  const conversation = await caller.db.prisma.conversation.findUnique({
    where: { id: conversationId },
    include: { sessions: { orderBy: { openedAt: 'desc' }, take: SESSIONS_SHOWN } },
  });
  if (!conversation) return refuse({ code: 'NOT_FOUND' });
  return {
    conversationId,
    lineId: conversation.lineId,
    firstSeenAt: conversation.createdAt.toISOString(),
    sessions: conversation.sessions.map(({ id, openedAt, claimedAt, closedAt, operatorId, closedBy, reason }) => ({
      sessionId: id,
      openedAt: openedAt.toISOString(),
      claimedAt: claimedAt?.toISOString() ?? null,
      closedAt: closedAt?.toISOString() ?? null,
      operatorId,
      closedBy: closedBy === null ? null : ClosedBy.parse(closedBy),
      reason,
    })),
  };
}

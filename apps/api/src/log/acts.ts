import { type AuditAction, holderOf, type RoomEvent, type RoomHead } from '@sala/contracts';
import type { Actor } from '../audit/auditLog.ts';
import type { RoomRecord } from './change.ts';

/** A line of the audit log, written with what it tells of: neither is there without the other. */
export type Act = {
  conversationId: string;
  at: string;
  action: AuditAction;
  actorId: string | null;
  actorName: string | null;
  via: Actor['via']['type'];
  subjectName: string | null;
  before: Standing;
  after: Standing;
  address: string | null;
};

/** How a conversation stands, for the audit log: ids and states, never a reason or a note, which are people's words. */
type Standing = { status?: string; operatorId?: string | null; teamId?: string | null };

/** What of a request's events is written into the audit log. Without `by` it was the customer, a rule or the desk itself. */
export function actsIn(room: RoomRecord, events: readonly RoomEvent[], by: Actor | undefined): Act[] {
  const acts: Act[] = [];
  for (const { at, fact } of events) {
    const change = changeBy(fact, room.head);
    if (!change) continue;
    acts.push({
      conversationId: room.conversationId,
      at,
      action: change.action,
      actorId: by?.operator.operatorId ?? null,
      actorName: by?.operator.name ?? null,
      via: by?.via.type ?? 'system',
      subjectName: room.head.customer.displayName,
      before: change.before,
      after: change.after,
      address: by?.address ?? null,
    });
  }
  return acts;
}

function changeBy(
  fact: RoomEvent['fact'],
  { session, teamId }: RoomHead,
): Pick<Act, 'action' | 'before' | 'after'> | null {
  const before = { status: session?.status ?? 'BOT', operatorId: holderOf(session) };
  if (fact.type === 'session.claimed') {
    return { action: fact.type, before, after: { status: 'ACTIVE', operatorId: fact.operatorId } };
  }
  if (fact.type === 'session.transferred') {
    return { action: fact.type, before: { operatorId: fact.from }, after: { operatorId: fact.to } };
  }
  if (fact.type === 'session.closed') {
    return { action: fact.type, before, after: { status: 'CLOSED', operatorId: null } };
  }
  // Where nobody did it, its channel's settings did, and those have a line of their own.
  if (fact.type === 'conversation.teamed' && fact.by !== null) {
    return { action: fact.type, before: { teamId }, after: { teamId: fact.teamId } };
  }
  return null;
}

import type { HandOver, RoomEvent, RoomFact } from './fact.ts';
import type { OperatorId, SessionId } from './id.ts';
import { may } from './may.ts';
import type { Operator } from './operator.ts';
import { refuse } from './refusal.ts';
import { holderOf, modeOf, type Session } from './session.ts';

/*
 * The lifecycle, one row per state. Anything not in the table is refused.
 *
 *             hand over   claim            transfer         close    customer writes
 *   (none)    WAITING     ACTIVE           ·                ·        (none)
 *   WAITING   ·           ACTIVE           ·                CLOSED*  WAITING
 *   ACTIVE    ·           ·                ACTIVE (other)   CLOSED   ACTIVE
 *   CLOSED    WAITING     ·                ·                ·        (none)
 *
 * (none): the bot has the conversation. * by a supervisor. ·: refused, or nothing when it is already so.
 * A command answers with facts, and with none when what it asks for is already so.
 */

/** The customer, the bot or an operator asks for a person. While one is already there, nothing changes. */
export function handOver(session: Session | null, sessionId: SessionId, reason: HandOver): RoomFact[] {
  if (modeOf(session) === 'HUMAN') return [];
  return [{ type: 'session.opened', sessionId, handOver: reason }];
}

/**
 * Takes a waiting conversation, or steps in while the bot has it (`newSessionId` names the session that this opens).
 * @throws ALREADY_CLAIMED, naming who was faster, and SESSION_CLOSED.
 */
export function claim(
  session: Session | null,
  by: Operator,
  newSessionId: SessionId,
  nameOf: (operatorId: OperatorId) => string,
): RoomFact[] {
  const operatorId = by.operatorId;
  if (!session) {
    return [
      { type: 'session.opened', sessionId: newSessionId, handOver: { how: 'operator', operatorId } },
      { type: 'session.claimed', sessionId: newSessionId, operatorId },
    ];
  }
  switch (session.status) {
    case 'WAITING':
      return [{ type: 'session.claimed', sessionId: session.sessionId, operatorId }];
    case 'ACTIVE':
      // A double click or a repeated request: what they asked for is already true.
      if (session.operatorId === operatorId) return [];
      return refuse({ code: 'ALREADY_CLAIMED', operatorId: session.operatorId, name: nameOf(session.operatorId) });
    case 'CLOSED':
      return refuse({ code: 'SESSION_CLOSED' });
  }
}

/** An act on the session that was on the screen is not done to the one that has come since. @throws STALE */
export function assertMeant(session: Session | null, meant: SessionId | undefined, seq: number): void {
  if (meant !== undefined && session?.sessionId !== meant) refuse({ code: 'STALE', seq });
}

/** Gives an active session to a colleague. @throws SESSION_CLOSED, NOT_YOURS */
export function transfer(session: Session | null, by: Operator, to: OperatorId, note: string): RoomFact[] {
  if (!session || session.status === 'CLOSED') return refuse({ code: 'SESSION_CLOSED' });
  if (session.status === 'WAITING') return refuse({ code: 'NOT_YOURS', operatorId: null });
  // Heard twice, the giver no longer holds it: that is success, not a refusal.
  if (session.operatorId === to) return [];
  if (!may(by, 'session.transfer', session)) return refuse({ code: 'NOT_YOURS', operatorId: session.operatorId });
  const { sessionId, operatorId: from } = session;
  return [{ type: 'session.transferred', sessionId, by: by.operatorId, from, to, note }];
}

/** Ends the session; the customer goes back to the bot. @throws NOT_YOURS, and SESSION_CLOSED when there never was one */
export function close(session: Session | null, by: Operator, reason: string | null): RoomFact[] {
  if (!session) return refuse({ code: 'SESSION_CLOSED' });
  if (session.status === 'CLOSED') return [];
  if (!may(by, 'session.close', session)) return refuse({ code: 'NOT_YOURS', operatorId: holderOf(session) });
  const { sessionId } = session;
  return [{ type: 'session.closed', sessionId, by: { type: 'OPERATOR', operatorId: by.operatorId }, reason }];
}

/** Only who holds the session writes to the customer. @throws SESSION_CLOSED, NOT_YOURS */
export function assertMayWrite(session: Session | null, by: Operator): void {
  if (!session || session.status === 'CLOSED') refuse({ code: 'SESSION_CLOSED' });
  if (!may(by, 'session.write', session)) refuse({ code: 'NOT_YOURS', operatorId: holderOf(session) });
}

/** The only place a session changes. The server and the SPA both replay facts through it. */
export function evolveSession(session: Session | null, { at, fact }: RoomEvent): Session | null {
  switch (fact.type) {
    case 'session.opened':
      return { status: 'WAITING', sessionId: fact.sessionId, since: at };
    case 'session.claimed':
      return { status: 'ACTIVE', sessionId: fact.sessionId, operatorId: fact.operatorId, since: at };
    case 'session.transferred':
      return { status: 'ACTIVE', sessionId: fact.sessionId, operatorId: fact.to, since: at };
    case 'session.closed':
      return { status: 'CLOSED', sessionId: fact.sessionId, by: fact.by, since: at };
    case 'customer.wrote':
    case 'customer.pressed':
      return session?.status === 'CLOSED' ? null : session;
    case 'customer.followed':
    case 'customer.blocked':
    case 'customer.profiled':
    case 'conversation.teamed':
    case 'line.reported':
    case 'bot.wrote':
    case 'operator.wrote':
    case 'delivery.started':
    case 'delivery.sent':
    case 'delivery.delayed':
    case 'delivery.failed':
    case 'delivery.retried':
      return session;
  }
}

import { refuse, type RenewTicket, type SocketTicket } from '@sala/contracts';
import { identityOfTicket } from '../auth/ticketIdentity.ts';
import type { Caller } from '../deps.ts';

/** A ticket for a socket of the caller's sign-in. @throws NOT_ALLOWED for who did not sign in */
export async function socketTicket({ tickets, operator, via }: Caller): Promise<SocketTicket> {
  if (via.type !== 'signIn') return refuse({ code: 'NOT_ALLOWED' });
  const { ticket, expiresAt } = await tickets.issue({ operatorId: operator.operatorId, signInId: via.signInId });
  return { ticket, expiresAt: expiresAt.toISOString() };
}

/** Lets the socket that asks stay open as long as a newer ticket of the same sign-in. @throws NOT_ALLOWED, NOT_FOUND without one */
export async function renewTicket(caller: Caller, { ticket }: RenewTicket): Promise<{ expiresAt: string }> {
  const { lease, operator, via } = caller;
  if (!lease || via.type !== 'signIn') return refuse({ code: 'NOT_FOUND' });
  const brought = await identityOfTicket(caller, ticket);
  const theirs = brought?.identity;
  const isSame =
    theirs?.via.type === 'signIn' &&
    theirs.via.signInId === via.signInId &&
    theirs.operator.operatorId === operator.operatorId;
  if (!brought || !isSame) return refuse({ code: 'NOT_ALLOWED' });
  lease.renew(brought.expiresAt);
  return { expiresAt: brought.expiresAt.toISOString() };
}

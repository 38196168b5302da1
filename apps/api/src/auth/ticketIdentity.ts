import type { OperatorId } from '@sala/contracts';
import type { Deps } from '../deps.ts';
import { SIGN_IN_FOR_MS } from './auth.ts';
import type { Identity } from './identity.ts';
import { memberOf } from './member.ts';

type Whose = { operatorId: OperatorId; signInId: string };

/** Who a sign-in belongs to, while it lasts: what a ticket was issued by may have ended since. */
export async function identityOfSignIn(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { operatorId, signInId }: Whose,
): Promise<Identity | null> {
  const now = clock();
  const lasts = await db.prisma.signIn.count({
    where: {
      id: signInId,
      userId: operatorId,
      expiresAt: { gt: now },
      createdAt: { gt: new Date(now.getTime() - SIGN_IN_FOR_MS) },
    },
  });
  const operator = lasts > 0 ? await memberOf(db, operatorId) : null;
  return operator && { operator, via: { type: 'signIn', signInId } };
}

/** Who comes with this ticket, and until when it is good; null for one that opens nothing. */
export async function identityOfTicket(
  deps: Pick<Deps, 'db' | 'clock' | 'tickets'>,
  ticket: unknown,
): Promise<{ identity: Identity; expiresAt: Date } | null> {
  const read = typeof ticket === 'string' && ticket.length <= MAX_TICKET ? await deps.tickets.read(ticket) : null;
  const identity = read && (await identityOfSignIn(deps, read));
  return identity && { identity, expiresAt: read.expiresAt };
}

const MAX_TICKET = 2_000;

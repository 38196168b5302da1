import { type ClosedBy, type Instant, may, type Me, type OperatorId, type RoomHead } from '@sala/contracts';

/** Whether this operator can write here, and if not, why not. */
export type Writing =
  | { type: 'open' }
  | { type: 'unclaimed' }
  | { type: 'bot' }
  | { type: 'others'; operatorId: OperatorId }
  | { type: 'closed'; by: ClosedBy; at: Instant }
  | { type: 'blocked' };

export function writingIn({ session, customer }: RoomHead, me: Me): Writing {
  if (!session) return { type: 'bot' };
  switch (session.status) {
    case 'WAITING':
      return { type: 'unclaimed' };
    case 'CLOSED':
      return { type: 'closed', by: session.by, at: session.since };
    case 'ACTIVE':
      if (!may(me, 'session.write', session)) return { type: 'others', operatorId: session.operatorId };
      return customer.reachable ? { type: 'open' } : { type: 'blocked' };
  }
}

import { hkdfSync } from 'node:crypto';
import type { OperatorId } from '@sala/contracts';
import { errors, jwtVerify, SignJWT } from 'jose';

/** How long a ticket is good. It is renewed on the open socket. */
export const TICKET_MS = 5 * 60_000;

const ISSUER = 'sala';
const AUDIENCE = 'sala-socket';
const TYPE = 'sala-ticket+jwt';
const ALGORITHM = 'HS256';

/** Whose socket a ticket opens, by which sign-in, and until when. */
export type Ticket = { operatorId: OperatorId; signInId: string; expiresAt: Date };

/** Tickets for sockets of clients that bring no cookie. */
export type Tickets = {
  issue: (whose: Omit<Ticket, 'expiresAt'>) => Promise<{ ticket: string; expiresAt: Date }>;
  /** What a ticket says; null when it is none of ours, not for this, or has run out. */
  read: (ticket: string) => Promise<Ticket | null>;
};

/** Signed under a key of their own, derived from SECRET_KEY: nothing else that is signed with it can be one. */
export function createTickets({ secretKey, clock }: { secretKey: string; clock: () => Date }): Tickets {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'sala socket tickets', 32));
  return {
    async issue({ operatorId, signInId }) {
      const now = Math.floor(clock().getTime() / 1_000);
      const until = now + TICKET_MS / 1_000;
      const ticket = await new SignJWT({ sid: signInId })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(operatorId)
        .setIssuedAt(now)
        .setExpirationTime(until)
        .sign(key);
      return { ticket, expiresAt: new Date(until * 1_000) };
    },
    async read(ticket) {
      try {
        const { payload } = await jwtVerify(ticket, key, {
          algorithms: [ALGORITHM],
          typ: TYPE,
          issuer: ISSUER,
          audience: AUDIENCE,
          requiredClaims: ['exp', 'sub', 'sid'],
          currentDate: clock(),
        });
        const { sub, sid, exp } = payload;
        if (typeof sid !== 'string' || !sub || !exp) return null;
        return { operatorId: sub, signInId: sid, expiresAt: new Date(exp * 1_000) };
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
        throw error;
      }
    },
  };
}

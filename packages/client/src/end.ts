import { CloseCode } from '@sala/contracts';

/** Why the desk wants this client no more: its key or sign-in is none any more, or its operator may not come in. */
export type End = 'signedOut' | 'revoked';

/** Thrown by everything that was followed when the client ends: it does not come back by itself. */
export class SalaEnded extends Error {
  readonly why: End | 'closed';
  constructor(why: End | 'closed') {
    super(why === 'closed' ? 'the client was closed' : `the desk has ended this client: ${why}`);
    this.name = 'SalaEnded';
    this.why = why;
  }
}

/** Whether a socket that was closed like this is the last one. */
export function endBy(code: number | undefined): End | null {
  if (code === CloseCode.signInAgain) return 'signedOut';
  return code === CloseCode.revoked ? 'revoked' : null;
}

const LONGEST_MS = 30_000;
const FLOOD_MS = 10_000;
const SELDOM_MS = 30_000;
const GOODBYE_WITHIN_MS = 5_000;

/** How long to wait before the next dial, by how the last socket was closed. With chance, so that many do not come at once. */
export function pauseAfter(code: number | undefined, attempt: number, chance: () => number): number {
  const growing = Math.min(LONGEST_MS, 500 * 2 ** attempt) * (0.5 + chance() / 2);
  switch (code) {
    case CloseCode.tooSlow:
    case CloseCode.identityChanged:
      return attempt === 0 ? 0 : growing;
    case CloseCode.draining:
      return GOODBYE_WITHIN_MS * chance();
    case CloseCode.flood:
      return FLOOD_MS + growing;
    case CloseCode.tooMany:
      return SELDOM_MS + growing;
    case undefined:
    default:
      return growing;
  }
}

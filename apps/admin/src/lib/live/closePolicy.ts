import { CloseCode } from '@sala/contracts';
import { backoffMs } from './backoff.ts';

/**
 * What follows a lost socket. `isBinding`: the server asked for this pause, so a glance at the tab does not end it.
 * `isChanged`: role or teams have changed, so what the page holds was told to somebody else.
 */
export type AfterClose =
  | { type: 'signedOut' }
  | { type: 'revoked' }
  | { type: 'again'; waitMs: number; isGoodbye: boolean; isBinding: boolean; isChanged: boolean };

const GOODBYE_WITHIN_MS = 5_000;
const FLOOD_MS = 10_000;
const SELDOM_MS = 30_000;

/**
 * The close code carries the policy; every other code, and none, means: again, with a growing pause. `attempt` counts
 * from 0 at the first loss after a connection that lasted.
 */
export function afterClose(code: number | undefined, attempt: number, chance: () => number): AfterClose {
  const again = (waitMs: number, rest: { isGoodbye?: true; isBinding?: true; isChanged?: true } = {}): AfterClose => ({
    type: 'again',
    waitMs,
    isGoodbye: rest.isGoodbye ?? false,
    isBinding: rest.isBinding ?? false,
    isChanged: rest.isChanged ?? false,
  });
  switch (code) {
    case CloseCode.signInAgain:
      return { type: 'signedOut' };
    case CloseCode.revoked:
      return { type: 'revoked' };
    case CloseCode.identityChanged:
      return again(attempt === 0 ? 0 : backoffMs(attempt, chance), { isChanged: true });
    case CloseCode.draining:
      // A thousand desks that are sent away together do not come back together.
      return again(GOODBYE_WITHIN_MS * chance(), { isGoodbye: true });
    case CloseCode.tooSlow:
      return again(attempt === 0 ? 0 : backoffMs(attempt, chance));
    case CloseCode.flood:
      return again(FLOOD_MS + backoffMs(attempt, chance), { isBinding: true });
    case CloseCode.tooMany:
      return again(SELDOM_MS + backoffMs(attempt, chance), { isBinding: true });
    case undefined:
    default:
      return again(backoffMs(attempt, chance));
  }
}

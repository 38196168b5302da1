import type { OperatorId } from '@sala/contracts';
import { whoIsHere } from '../desk/here.ts';
import { api } from '../live/api.ts';
import { connectionHeard, currentConnection } from '../live/connection.ts';
import { isSignedOut } from '../problem.ts';

/** A server that takes longer to say who is signed in is not asked to take a message. */
const PATIENCE_MS = 10_000;

/**
 * Whether a message of this operator would reach the server. A live connection is proof enough, except after a failure;
 * otherwise the server is asked who is signed in, over HTTP: a dead socket keeps nothing back. Where a colleague has
 * signed in since, in another tab, nothing goes out in their name.
 */
export async function isReachableFor(operatorId: OperatorId, isDoubtful: boolean): Promise<boolean> {
  const here = whoIsHere();
  if (here !== null && here !== operatorId) return false;
  if (here !== null && !isDoubtful && currentConnection().type === 'live') return true;
  try {
    const me = await api.me.get.query(undefined, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return me.operatorId === operatorId;
  } catch (error) {
    if (isSignedOut(error)) connectionHeard.signedOut();
    return false;
  }
}

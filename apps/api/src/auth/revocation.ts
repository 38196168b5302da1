import { CloseCode, type Member, type OperatorId } from '@sala/contracts';
import { type Bus, DESK, type Ended, type Revoked } from '../bus/bus.ts';
import type { Identity } from './identity.ts';

/**
 * Tells every server that somebody may not be connected any more, or not as who they were. The database says the same:
 * who misses it finds out at the next look (wire/identityWatch.ts).
 */
export class Revocation {
  readonly #bus: Bus;

  constructor({ bus }: { bus: Bus }) {
    this.#bus = bus;
  }

  /** A sign-in or a key has ended, or somebody was banned: their connections end. Said after it is in the database. */
  ended(what: Ended): void {
    this.#bus.publish('revoked', DESK, what);
  }

  /** Somebody's role or teams have changed: their clients connect again, as who they are now. */
  rightsChanged(operatorIds: readonly OperatorId[]): void {
    if (operatorIds.length > 0) this.#bus.publish('revoked', DESK, { rightsOf: operatorIds });
  }

  /** Until the answer is called. */
  listen(heard: (revoked: Revoked) => void): () => void {
    return this.#bus.listen('revoked', DESK, heard);
  }
}

/** With what a connection of `identity` is closed for this; null when it is none of theirs. */
export function closeCodeFor({ operator, via }: Identity, revoked: Revoked): number | null {
  if ('rightsOf' in revoked) return revoked.rightsOf.includes(operator.operatorId) ? CloseCode.identityChanged : null;
  if ('operatorId' in revoked) return revoked.operatorId === operator.operatorId ? CloseCode.revoked : null;
  const isIt = 'signInId' in revoked ? via.type === 'signIn' && via.signInId === revoked.signInId : isKey(via, revoked);
  return isIt ? CloseCode.signInAgain : null;
}

const isKey = (via: Identity['via'], { keyId }: { keyId: string }) => via.type === 'key' && via.keyId === keyId;

/** With what a connection is closed whose operator was `before` and is `now`; null when it may go on. */
export function closeCodeBetween(before: Member, now: Member | null): number | null {
  if (!now) return CloseCode.signInAgain;
  const hasChanged = before.role !== now.role || before.teamIds.toSorted().join() !== now.teamIds.toSorted().join();
  return hasChanged ? CloseCode.identityChanged : null;
}

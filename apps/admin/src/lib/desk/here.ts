import type { OperatorId } from '@sala/contracts';

const KEPT_AS = 'sala.here';

let own: OperatorId | null = null;

/** This operator has opened the desk in this browser. */
export function comeHere(operatorId: OperatorId): void {
  own = operatorId;
  try {
    localStorage.setItem(KEPT_AS, operatorId);
  } catch {
    // Storage is off: then each tab knows of itself alone.
  }
}

/** Nobody is here any more, after signing out. */
export function leaveHere(): void {
  own = null;
  try {
    localStorage.removeItem(KEPT_AS);
  } catch {
    // As above.
  }
}

/** Who is signed in, as far as the tabs of this browser have heard: the sign-in itself is out of a page's sight. Null: not known. */
export function whoIsHere(): OperatorId | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return own;
  }
}

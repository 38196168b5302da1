import type { OperatorId } from '@sala/contracts';

/** Tabs of one operator on one server. */
const MAX_SOCKETS = 20;

/** Who has how many sockets here. */
export class Places {
  readonly #taken = new Map<OperatorId, number>();

  /** A place, until the answer gives it back; null when the operator has too many. */
  take(operatorId: OperatorId): (() => void) | null {
    const taken = this.#taken.get(operatorId) ?? 0;
    if (taken >= MAX_SOCKETS) return null;
    this.#taken.set(operatorId, taken + 1);
    return () => {
      const left = this.#taken.get(operatorId)! - 1;
      if (left > 0) this.#taken.set(operatorId, left);
      else this.#taken.delete(operatorId);
    };
  }
}

import type { OperatorId } from '@sala/contracts';
import { once } from './once.ts';

/** Tabs of one operator on one server. */
export const MAX_SOCKETS = 20;

/** Streams over HTTP of one operator on one server: one tab streams at a time, and has about six. */
export const MAX_EVENT_STREAMS = 50;

/** Who has how many of something here: sockets, or streams over HTTP. */
export class Places {
  readonly #taken = new Map<OperatorId, number>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  /** A place, until the answer gives it back, which may be called again; null when the operator has too many. */
  take(operatorId: OperatorId): (() => void) | null {
    const taken = this.#taken.get(operatorId) ?? 0;
    if (taken >= this.#max) return null;
    this.#taken.set(operatorId, taken + 1);
    return once(() => {
      const left = this.#taken.get(operatorId)! - 1;
      if (left > 0) this.#taken.set(operatorId, left);
      else this.#taken.delete(operatorId);
    });
  }
}

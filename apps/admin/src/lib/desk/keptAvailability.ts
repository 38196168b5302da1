import type { Availability, OperatorId } from '@sala/contracts';

const keptAs = (operatorId: OperatorId) => `sala.availability.${operatorId}`;

const AVAILABILITIES = Object.keys({ online: true, away: true, offline: true } satisfies Record<Availability, true>);

const isAvailability = (word: string | null): word is Availability => word !== null && AVAILABILITIES.includes(word);

/** What the server last said of this operator, in any tab of this browser; online when nothing is known, as for the server. */
export function keptAvailability(operatorId: OperatorId): Availability {
  try {
    const kept = localStorage.getItem(keptAs(operatorId));
    return isAvailability(kept) ? kept : 'online';
  } catch {
    return 'online';
  }
}

export function keepAvailability(operatorId: OperatorId, availability: Availability): void {
  try {
    localStorage.setItem(keptAs(operatorId), availability);
  } catch {
    // Storage is off or full: then the server alone remembers, as long as a tab is open.
  }
}

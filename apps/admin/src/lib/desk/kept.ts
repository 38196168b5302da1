import type { OperatorId } from '@sala/contracts';

const KEPT_AS = 'sala.kept';
const KEPT_BY = 'sala.keptBy';

const maps = new Set<KeptMap<unknown>>();

/** Something by conversation that outlives a reload of this tab, and ends with the tab or with the sign-in of who left it. */
export class KeptMap<Value> {
  readonly #place: string;
  #values: Map<string, Value>;

  constructor(name: string) {
    this.#place = `${KEPT_AS}.${name}`;
    this.#values = new Map(Object.entries(read(this.#place) as Record<string, Value>));
    maps.add(this);
  }

  get(id: string): Value | undefined {
    return this.#values.get(id);
  }

  set(id: string, value: Value): void {
    this.#values.set(id, value);
    write(this.#place, JSON.stringify(Object.fromEntries(this.#values)));
  }

  delete(id: string): void {
    if (!this.#values.delete(id)) return;
    write(this.#place, JSON.stringify(Object.fromEntries(this.#values)));
  }

  clear(): void {
    this.#values = new Map();
    write(this.#place, null);
  }
}

/** Everything kept belongs to this operator from here on; what somebody else left in this tab is forgotten. */
export function keepFor(operatorId: OperatorId): void {
  if (read(KEPT_BY) === operatorId) return;
  forgetKept();
  write(KEPT_BY, JSON.stringify(operatorId));
}

export function forgetKept(): void {
  for (const map of maps) map.clear();
  write(KEPT_BY, null);
}

function read(place: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? '{}');
  } catch {
    return {};
  }
}

/** Storage may be off or full: then a reload forgets, as it would without any. */
function write(place: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, value);
  } catch {
    // Nothing is lost as long as the page stays.
  }
}

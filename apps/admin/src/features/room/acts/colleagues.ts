import type { Availability, Operator, OperatorId } from '@sala/contracts';

interface Sought {
  except: OperatorId | null;
  sought: string;
}

const ORDER = { online: 0, away: 1, offline: 2 } satisfies Record<Availability, number>;
const GONE = 3;

/** Who a session can be passed to: everybody but its holder, those who take conversations first, by name. */
export function colleagues(
  operators: readonly Operator[],
  availabilities: ReadonlyMap<OperatorId, Availability>,
  { except, sought }: Sought,
): Operator[] {
  const words = sought.trim().toLocaleLowerCase();
  const place = ({ operatorId }: Operator) => {
    const availability = availabilities.get(operatorId);
    return availability ? ORDER[availability] : GONE;
  };
  return operators
    .filter((one) => one.operatorId !== except && one.name.toLocaleLowerCase().includes(words))
    .toSorted((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
}

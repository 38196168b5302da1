import type { Operator, OperatorId } from '@sala/contracts';

interface Sought {
  except: OperatorId | null;
  sought: string;
}

/** Who a session can be passed to: everybody but its holder, those on the desk first, by name. */
export function colleagues(
  operators: readonly Operator[],
  present: ReadonlySet<OperatorId>,
  { except, sought }: Sought,
): Operator[] {
  const words = sought.trim().toLocaleLowerCase();
  const isAway = (operator: Operator) => (present.has(operator.operatorId) ? 0 : 1);
  return operators
    .filter((one) => one.operatorId !== except && one.name.toLocaleLowerCase().includes(words))
    .toSorted((a, b) => isAway(a) - isAway(b) || a.name.localeCompare(b.name));
}

import type { Operator, OperatorId } from '@sala/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api } from '../live/api.ts';

export const operatorsQuery = queryOptions({
  queryKey: ['operators'],
  queryFn: (): Promise<Operator[]> => api.operators.list.query(),
});

/** Everybody on this desk, for names and for passing conversations on. */
export const useOperators = (): Operator[] => useQuery(operatorsQuery).data ?? NOBODY;
const NOBODY: Operator[] = [];

/** An operator's name; an ellipsis while the directory is on its way. */
export function useOperatorName(): (operatorId: OperatorId) => string {
  const operators = useOperators();
  return useCallback((operatorId) => operators.find((one) => one.operatorId === operatorId)?.name ?? '…', [operators]);
}

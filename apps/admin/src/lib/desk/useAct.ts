import { useMutation } from '@tanstack/react-query';
import { type Problem, problemOf } from '../problem.ts';

/** One thing that can be asked of the server: `run` is null while it cannot be, and while it is on its way. */
export interface Act<Input, Output> {
  run: ((input: Input) => Promise<Output | null>) | null;
  busy: boolean;
  problem: Problem | null;
  forget: () => void;
}

/**
 * Turns a call into an act that a double click cannot do twice. `run` answers null when the server said no,
 * with the reason in `problem`.
 */
export function useAct<Input, Output>(call: ((input: Input) => Promise<Output>) | null): Act<Input, Output> {
  const mutation = useMutation({ mutationFn: (input: Input) => (call ? call(input) : Promise.reject(NOT_NOW)) });
  const { mutateAsync, isPending, error, reset } = mutation;
  return {
    run: call && !isPending ? (input) => mutateAsync(input).catch(() => null) : null,
    busy: isPending,
    problem: error ? problemOf(error) : null,
    forget: reset,
  };
}

const NOT_NOW = new Error('asked for an act that was not possible any more');

import { TRPCClientError } from '@trpc/client';
import type { AppRouter } from '@sala/api/router';
import type { Refusal } from '@sala/contracts';

/** Why something asked of the server did not happen. */
export type Problem =
  | { type: 'refused'; refusal: Refusal }
  | { type: 'unreachable' }
  | { type: 'fault'; correlationId: string | null };

export function problemOf(error: unknown): Problem {
  if (!isApiError(error)) return { type: 'fault', correlationId: null };
  const { data } = error;
  // Without a shape from the server, the answer never came.
  if (!data) return { type: 'unreachable' };
  if (data.refusal) return { type: 'refused', refusal: data.refusal };
  return { type: 'fault', correlationId: data.correlationId ?? null };
}

export const refusalOf = (error: unknown): Refusal | null => {
  const problem = problemOf(error);
  return problem.type === 'refused' ? problem.refusal : null;
};

export function isSignedOut(error: unknown): boolean {
  const code = refusalOf(error)?.code;
  return code === 'NOT_SIGNED_IN' || code === 'SIGNED_OUT';
}

const isApiError = (error: unknown): error is TRPCClientError<AppRouter> => error instanceof TRPCClientError;

import { type InputIssue, type Refusal, RefusalError } from '@sala/contracts';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';

type TRPCCode = TRPCError['code'];

/** Refusals become tRPC errors here and nowhere else. A refusal without a code does not compile. */
const TRPC_CODE = {
  NOT_SIGNED_IN: 'UNAUTHORIZED',
  SIGNED_OUT: 'UNAUTHORIZED',
  NOT_ALLOWED: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  NOT_IN_ROOM: 'PRECONDITION_FAILED',
  ALREADY_CLAIMED: 'CONFLICT',
  NOT_YOURS: 'FORBIDDEN',
  SESSION_CLOSED: 'PRECONDITION_FAILED',
  STALE: 'CONFLICT',
  INVALID: 'BAD_REQUEST',
  RATE_LIMITED: 'TOO_MANY_REQUESTS',
  TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  UNAVAILABLE: 'SERVICE_UNAVAILABLE',
} satisfies Record<Refusal['code'], TRPCCode>;

export const asTRPCError = (cause: RefusalError): TRPCError =>
  new TRPCError({ code: TRPC_CODE[cause.refusal.code], message: cause.refusal.code, cause });

/** The refusal an error stands for, or null when it is a fault of ours. An input that does not parse is INVALID. */
export function refusalIn(error: TRPCError): Refusal | null {
  if (error.cause instanceof RefusalError) return error.cause.refusal;
  if (error.code === 'BAD_REQUEST' && error.cause instanceof z.ZodError) {
    return { code: 'INVALID', issues: error.cause.issues.slice(0, MAX_ISSUES).map(toIssue) };
  }
  // The path of a procedure that does not exist.
  if (error.code === 'NOT_FOUND') return { code: 'NOT_FOUND' };
  if (MISTAKEN_CALLS.has(error.code)) return { code: 'INVALID', issues: [] };
  if (error.code === 'PAYLOAD_TOO_LARGE') return { code: 'TOO_LARGE' };
  return null;
}

const MAX_ISSUES = 20;

/** Calls that no procedure could answer: not JSON, a query sent as a mutation, a body of another type. */
const MISTAKEN_CALLS: ReadonlySet<TRPCCode> = new Set([
  'PARSE_ERROR',
  'BAD_REQUEST',
  'METHOD_NOT_SUPPORTED',
  'UNSUPPORTED_MEDIA_TYPE',
]);

const toIssue = ({ path, code, message }: z.core.$ZodIssue): InputIssue => ({
  path: path.join('.'),
  code: code ?? 'custom',
  message,
});

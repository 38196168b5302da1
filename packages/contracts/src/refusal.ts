import { z } from 'zod';

/** One thing wrong with an input: where (`content.text`) and what (zod's own code, for the reader's words). */
export const InputIssue = z.object({ path: z.string(), code: z.string(), message: z.string() });
export type InputIssue = z.infer<typeof InputIssue>;

/** Every way the desk says no. Codes travel; the words belong to the screen. */
export const Refusal = z.discriminatedUnion('code', [
  z.object({ code: z.literal('NOT_SIGNED_IN') }),
  /** The sign-in expired or was revoked. */
  z.object({ code: z.literal('SIGNED_OUT') }),
  z.object({ code: z.literal('NOT_ALLOWED') }),
  z.object({ code: z.literal('NOT_FOUND') }),
  z.object({ code: z.literal('NOT_IN_ROOM') }),
  /** Somebody was faster; `name` says who. */
  z.object({ code: z.literal('ALREADY_CLAIMED'), operatorId: z.string(), name: z.string() }),
  /** `operatorId` holds the session, or nobody does. */
  z.object({ code: z.literal('NOT_YOURS'), operatorId: z.string().nullable() }),
  z.object({ code: z.literal('SESSION_CLOSED') }),
  /** What was asked was asked of an older state: the conversation is at `seq` now. Look again, then decide. */
  z.object({ code: z.literal('STALE'), seq: z.int() }),
  z.object({ code: z.literal('INVALID'), issues: z.array(InputIssue) }),
  z.object({ code: z.literal('RATE_LIMITED'), retryAfterMs: z.number().nonnegative() }),
  z.object({ code: z.literal('TOO_LARGE') }),
  /** A service the desk stands on does not answer now. What was asked may have been done: ask again, under the same id. */
  z.object({ code: z.literal('UNAVAILABLE'), retryAfterMs: z.number().nonnegative() }),
]);
export type Refusal = z.infer<typeof Refusal>;
export type RefusalCode = Refusal['code'];

/** A foreseen "no" on its way to whoever asked. Anything else that is thrown is a fault. */
export class RefusalError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.name = 'RefusalError';
    this.refusal = refusal;
  }
}

export function refuse(refusal: Refusal): never {
  throw new RefusalError(refusal);
}

import { Refusal } from '@sala/contracts';
import { TRPCClientError } from '@trpc/client';

/** The "no" that an error of a call or a stream stands for; null for anything else: a fault, a broken line. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof TRPCClientError)) return null;
  const refusal = Refusal.safeParse((error.data as { refusal?: unknown } | null | undefined)?.refusal);
  return refusal.success ? refusal.data : null;
}

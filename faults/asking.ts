import { setTimeout as pause } from 'node:timers/promises';
import type { Refusal } from '@sala/contracts';
import { TRPCClientError } from '@trpc/client';
import { PASSING, type Try } from './ledger.ts';

/** After this nobody knows the end, and the judge says so. */
const ASK_FOR_MS = 60_000;

const AGAIN_AFTER_MS = 150;

/** What a desk's error carries (`trpc/trpc.ts`). */
type ErrorData = { refusal: Refusal | null; correlationId: string | null };

/** What an error says about the asking: a refusal is an answer, a fault or silence is none. */
export function tryOf(error: unknown): Exclude<Try, { is: 'ok' }> {
  const data = error instanceof TRPCClientError ? (error.data as ErrorData | undefined) : undefined;
  if (data?.refusal) return { is: 'refused', code: data.refusal.code };
  if (data?.correlationId) return { is: 'unknown', why: `INTERNAL ${data.correlationId}` };
  return { is: 'unknown', why: error instanceof Error ? error.message : String(error) };
}

/** How long a refusal asks to be left in peace. */
export function patienceIn(error: unknown): number {
  const { refusal } = ((error as { data?: ErrorData }).data ?? {}) as Partial<ErrorData>;
  return refusal && 'retryAfterMs' in refusal ? Math.max(AGAIN_AFTER_MS, refusal.retryAfterMs) : AGAIN_AFTER_MS;
}

/**
 * Asks until the end is known: again after silence, a fault or a "not now". Notes every try. Answers null for a "no",
 * and when time is up.
 */
export async function untilKnown<T>(ask: () => Promise<T>, tries: Try[] = []): Promise<T | null> {
  const until = performance.now() + ASK_FOR_MS;
  for (;;) {
    try {
      const answer = await ask();
      tries.push({ is: 'ok' });
      return answer;
    } catch (error) {
      const made = tryOf(error);
      tries.push(made);
      if (made.is === 'refused' && !PASSING.has(made.code)) return null;
      if (performance.now() > until) return null;
      await pause(patienceIn(error));
    }
  }
}

/** The same for a question that nobody may refuse. */
export async function answerTo<T>(ask: () => Promise<T>): Promise<T> {
  const tries: Try[] = [];
  const answer = await untilKnown(ask, tries);
  if (answer === null) throw new Error(`no answer: ${JSON.stringify(tries.slice(-3))}`);
  return answer;
}

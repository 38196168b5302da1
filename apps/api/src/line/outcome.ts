import type { DeliveryFailure } from '@sala/contracts';
import { z } from 'zod';

/** What became of asking LINE to take a message. `again` says whether asking again (with the same key) can help. */
export type PushOutcome =
  | { taken: true; lineMessageId: string | null }
  | { taken: false; again: boolean; failure: DeliveryFailure };

const Sent = z.object({ sentMessages: z.array(z.object({ id: z.string() })).optional() });
const Problem = z.object({
  message: z.string().optional(),
  details: z.array(z.object({ message: z.string().optional(), property: z.string().optional() })).optional(),
});

/** LINE's words for "the account has used up its month": unlike the other 429s, waiting does not help. */
const MONTHLY_LIMIT = /monthly limit/i;

const MAX_REASON = 500;

/**
 * Reads LINE's answer to a push. 409 is success: the retry key was accepted before, and the body repeats the ids.
 * 5xx may or may not have been taken. 4xx was not taken and never will be, but for 429, which passes unless the
 * month is used up. (Messaging API reference: "Retry an API request", "Rate limits", status codes.)
 */
export function outcomeOfAnswer(status: number, body: string): PushOutcome {
  if ((status >= 200 && status < 300) || status === 409) {
    return { taken: true, lineMessageId: parsed(Sent, body)?.sentMessages?.[0]?.id ?? null };
  }
  const message = reasonIn(body) || `HTTP ${status}`;
  if (status >= 500) return { taken: false, again: true, failure: { status, message, certain: false } };
  const passes = status === 429 && !MONTHLY_LIMIT.test(message);
  return { taken: false, again: passes, failure: { status, message, certain: true } };
}

/** Node's codes for connections that never came about: the message cannot have been taken. */
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** No answer at all: a time-out, a reset, no network. */
export function outcomeOfSilence(error: unknown): PushOutcome {
  const code = (error as { cause?: { code?: string } }).cause?.code;
  const certain = code !== undefined && NEVER_LEFT.has(code);
  const message = code ?? (error instanceof Error ? error.name : 'no answer');
  return { taken: false, again: true, failure: { status: null, message, certain } };
}

/** LINE's own words, with the detail that says which property is wrong. */
function reasonIn(body: string): string {
  const problem = parsed(Problem, body);
  if (!problem) return '';
  const details = (problem.details ?? []).map(({ property, message }) =>
    [property, message].filter(Boolean).join(': '),
  );
  return [problem.message, ...details].filter(Boolean).join(' · ').slice(0, MAX_REASON);
}

/** Gateways in front of LINE answer with HTML: that is no reason anybody should read. */
function parsed<T>(schema: z.ZodType<T>, body: string): T | null {
  try {
    return schema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

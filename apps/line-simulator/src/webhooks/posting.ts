import type { WebhookReason } from '../world/chats.ts';

/** A bot that has not answered by now has not received the webhook, as far as LINE is concerned. */
export const WEBHOOK_TIMEOUT_MS = 2_000;

const TIMED_OUT = new Error('The bot did not answer in time');

/** How a webhook was answered. `status` is 0 when no answer came. */
export type WebhookAnswer = { status: number; reason: WebhookReason; latencyMs: number };

/** Posts one webhook. It never rejects; whatever happens is an answer. `signature: null` leaves the header out. */
export async function postWebhook(
  url: string,
  { body, signature, signal }: { body: Buffer; signature: string | null; signal: AbortSignal },
): Promise<WebhookAnswer> {
  const startedAt = performance.now();
  const answer = (status: number, reason: WebhookReason) => ({
    status,
    reason,
    latencyMs: Math.round(performance.now() - startedAt),
  });
  // Not AbortSignal.any: in Node 20 it leaves a trace in the long-lived `signal` for every webhook ever sent.
  const giveUp = new AbortController();
  const end = () => giveUp.abort();
  const timer = setTimeout(() => giveUp.abort(TIMED_OUT), WEBHOOK_TIMEOUT_MS);
  signal.addEventListener('abort', end, { once: true });
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'LineBotWebhook/2.0',
        ...(signature !== null && { 'x-line-signature': signature }),
      },
      body: new Uint8Array(body),
      redirect: 'manual', // LINE follows none: a redirect is simply not a 2xx
      signal: giveUp.signal,
    });
    // The status has decided. Reading what follows only frees the connection.
    await response.arrayBuffer().catch(() => undefined);
    return answer(response.status, response.ok ? 'ok' : 'error_status_code');
  } catch (error) {
    return answer(0, reasonFor(error));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

function reasonFor(error: unknown): WebhookReason {
  if (error === TIMED_OUT) return 'request_timeout';
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/.test(code)
    ? 'could_not_connect'
    : 'unclassified';
}

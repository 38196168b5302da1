import type { WebhookReason } from '../world/chats.ts';

/** A bot that has not answered by now has not received the webhook, as far as LINE is concerned. */
export const WEBHOOK_TIMEOUT_MS = 2_000;

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
      signal: AbortSignal.any([signal, AbortSignal.timeout(WEBHOOK_TIMEOUT_MS)]),
    });
    // The status has decided. Reading what follows only frees the connection.
    await response.arrayBuffer().catch(() => undefined);
    return answer(response.status, response.ok ? 'ok' : 'error_status_code');
  } catch (error) {
    return answer(0, reasonFor(error));
  }
}

function reasonFor(error: unknown): WebhookReason {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'request_timeout';
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/.test(code)
    ? 'could_not_connect'
    : 'unclassified';
}

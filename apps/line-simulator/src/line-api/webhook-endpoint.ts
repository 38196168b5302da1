import type { Platform } from '../platform.ts';
import type { WebhookSender } from '../webhooks/sender.ts';
import { WebhookUrl, type Channel } from '../world/channels.ts';
import { LineError } from './errors.ts';

/** PUT /v2/bot/channel/webhook/endpoint. Plain http is allowed, as nobody has a certificate at home. */
export function setWebhookEndpoint({ channels, live }: Platform, channel: Channel, body: unknown): object {
  channels.put({ ...channel, webhookUrl: readEndpoint(body) });
  live.tell({ type: 'channels' });
  return {};
}

/** GET /v2/bot/channel/webhook/endpoint. */
export function webhookEndpoint({ webhookUrl }: Channel): object {
  if (!webhookUrl) throw new LineError(404, 'Webhook endpoint not found');
  return { endpoint: webhookUrl, active: true };
}

const REASONS = {
  ok: 'OK',
  could_not_connect: 'COULD_NOT_CONNECT',
  request_timeout: 'REQUEST_TIMEOUT',
  error_status_code: 'ERROR_STATUS_CODE',
  unclassified: 'UNCLASSIFIED',
} as const;

/** POST /v2/bot/channel/webhook/test: no events, signed, to the channel's webhook or to the one in the body. */
export async function testWebhook(platform: Platform, sender: WebhookSender, channel: Channel, body: unknown) {
  const wantsOther = typeof body === 'object' && body !== null && 'endpoint' in body;
  const webhookUrl = wantsOther ? readEndpoint(body) : channel.webhookUrl;
  if (!webhookUrl) throw new LineError(404, 'Webhook endpoint not found');
  const { status, reason } = await sender.sendEmpty({ ...channel, webhookUrl });
  return {
    success: reason === 'ok',
    timestamp: new Date(platform.clock()).toISOString(),
    statusCode: status,
    reason: REASONS[reason],
    detail: status > 0 ? String(status) : reason,
  };
}

function readEndpoint(body: unknown): string {
  const endpoint = typeof body === 'object' && body !== null && 'endpoint' in body ? body.endpoint : undefined;
  const parsed = WebhookUrl.safeParse(endpoint);
  if (!parsed.success) throw new LineError(400, 'Invalid webhook endpoint URL');
  return parsed.data;
}

import { createHmac } from 'node:crypto';
import type { WebhookEvent } from './event.ts';

/**
 * The body LINE would send. Characters beyond the basic plane travel as escaped pairs (an emoji as
 * \uD83E\uDD28), which is legal JSON and breaks every bot that signs its own re-serialised body.
 */
export function encodeBody(destination: string, events: readonly WebhookEvent[]): Buffer {
  const json = JSON.stringify({ destination, events });
  return Buffer.from(json.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, escapedPair), 'utf8');
}

/** base64(HMAC-SHA256(channel secret, raw body)). */
export function sign(secret: string, body: Buffer): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}

function escapedPair(character: string): string {
  return [0, 1].map((unit) => `\\u${character.charCodeAt(unit).toString(16).toUpperCase()}`).join('');
}

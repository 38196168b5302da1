import { createHmac, timingSafeEqual } from 'node:crypto';

/** 32 bytes in padded base64: Node's decoder would let much else through. */
const SHAPE = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Whether LINE signed these bytes: base64 of HMAC-SHA256 over the raw body with the channel secret. The bytes must be
 * as they came, because LINE escapes what `JSON.stringify` would not. (Messaging API, "Verify webhook signature")
 */
export function isSigned(body: Buffer, signature: unknown, channelSecret: string): boolean {
  if (typeof signature !== 'string' || !SHAPE.test(signature)) return false;
  const expected = createHmac('sha256', channelSecret).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'base64'));
}

import { createHmac, randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { CHANNEL, type TestDesk, WAIT } from './desk.ts';

let last = 600_000_000_000_000_000n;

/** LINE's ids of messages: long decimal numbers, each larger than the one before. */
export const lineMessageId = (): string => String((last += 1n));

/** A person on LINE of whom nobody has heard. */
export const newUserId = (): string => `U${randomUUID().replaceAll('-', '')}`;

/** An event as LINE would send it, with whatever is different about it. */
export const event = (userId: string, parts: Record<string, unknown>) => ({
  type: 'message',
  mode: 'active',
  timestamp: Date.now(),
  webhookEventId: randomUUID(),
  deliveryContext: { isRedelivery: false },
  source: { type: 'user', userId },
  replyToken: randomUUID(),
  ...parts,
});

export const textEvent = (userId: string, text: string, parts: Record<string, unknown> = {}) =>
  event(userId, { message: { type: 'text', id: lineMessageId(), text, quoteToken: 'q' }, ...parts });

export const sign = (body: string | Buffer, secret = CHANNEL.secret): string =>
  createHmac('sha256', secret).update(body).digest('base64');

/** The body of a webhook with these events. */
export const bodyOf = (...events: unknown[]): string =>
  JSON.stringify({ destination: 'U00000000000000000000000000000001', events });

/** Posts these bytes, rightly signed unless told otherwise (`null` leaves the header out). Answers the status. */
export async function postBody(
  { url }: Pick<TestDesk, 'url'>,
  body: string | Buffer,
  { signature = sign(body), channelId = CHANNEL.id }: { signature?: string | null; channelId?: string } = {},
): Promise<number> {
  const answer = await fetch(`${url}/webhooks/line/${channelId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(signature !== null && { 'x-line-signature': signature }) },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  await answer.arrayBuffer();
  return answer.status;
}

export const post = (desk: Pick<TestDesk, 'url'>, ...events: unknown[]): Promise<number> =>
  postBody(desk, bodyOf(...events));

/** Resolves when everything that was acknowledged is recorded or set aside, and nothing more follows from it. */
export async function ingested({ deps }: Pick<TestDesk, 'deps'>): Promise<void> {
  await vi.waitFor(async () => {
    const pending = await deps.db.prisma.lineEvent.count({ where: { state: 'pending' } });
    if (pending > 0) throw new Error(`${pending} events are still pending`);
  }, WAIT);
  await deps.intake.idle();
}

import { createHash } from 'node:crypto';
import type { Content } from '@sala/contracts';
import { z } from 'zod';
import { cutTo } from './storable.ts';

/** The envelope of a webhook. Events are looked at one by one, so that a bad one does not cost the others. */
export const WebhookBody = z.object({ destination: z.string().optional(), events: z.array(z.unknown()).max(10_000) });

const Source = z.discriminatedUnion('type', [
  z.object({ type: z.literal('user'), userId: z.string().max(64) }),
  z.object({ type: z.literal('group'), groupId: z.string().max(64), userId: z.string().optional() }),
  z.object({ type: z.literal('room'), roomId: z.string().max(64), userId: z.string().optional() }),
]);

/** The last millisecond of the year 9999: what comes later has no instant in four digits. */
const LAST_TIMESTAMP = 253_402_300_799_999;

/** What every event has. `timestamp` is milliseconds since the epoch: when it happened, never when it was redelivered. */
export const LineEvent = z.looseObject({
  type: z.string().max(64),
  timestamp: z.number().int().nonnegative().max(LAST_TIMESTAMP),
  source: Source,
});
export type LineEvent = z.infer<typeof LineEvent>;

/** A conversation on LINE: with a user, or in a group or room, never mixed. */
export type LineSource = { type: 'user' | 'group' | 'room'; lineId: string };

export function sourceOf({ source }: LineEvent): LineSource {
  switch (source.type) {
    case 'user':
      return { type: 'user', lineId: source.userId };
    case 'group':
      return { type: 'group', lineId: source.groupId };
    case 'room':
      return { type: 'room', lineId: source.roomId };
  }
}

const Identified = z.object({ webhookEventId: z.string().min(1).max(64) });

/** LINE's id of the event; for one without, a digest of it, so that even that is stored once. */
export function eventIdOf(event: unknown): string {
  const named = Identified.safeParse(event);
  if (named.success) return named.data.webhookEventId;
  return `sha256:${createHash('sha256')
    .update(JSON.stringify(event) ?? '')
    .digest('base64url')}`;
}

/** Nothing that LINE adds may make us lose a message, so what we do not need is not demanded. */
const label = z.string().transform((text) => cutTo(text, 1_000));
const duration = z.number().nonnegative().optional().catch(undefined);

const TextMessage = z.object({ type: z.literal('text'), text: z.string() });
const StickerMessage = z.object({
  type: z.literal('sticker'),
  packageId: z.string().max(64),
  stickerId: z.string().max(64),
  keywords: z.array(label).max(20).optional().catch(undefined),
  text: label.optional().catch(undefined),
});
const LocationMessage = z.object({
  type: z.literal('location'),
  title: label.optional(),
  address: label.optional(),
  latitude: z.number(),
  longitude: z.number(),
});
const KnownMessage = z.discriminatedUnion('type', [
  TextMessage,
  StickerMessage,
  LocationMessage,
  z.object({ type: z.literal('image') }),
  z.object({ type: z.literal('video'), duration }),
  z.object({ type: z.literal('audio'), duration }),
  z.object({ type: z.literal('file'), fileName: label.catch(''), fileSize: z.number().nonnegative().catch(0) }),
]);

const AnyMessage = z.looseObject({ id: z.string().min(1).max(64), type: z.string().max(64) });

/** The message in a message event: LINE's id of it and what it says, or null when the event carries none. */
export function messageIn(event: LineEvent): { lineMessageId: string; content: Content } | null {
  const message = AnyMessage.safeParse(event.message);
  if (!message.success) return null;
  const known = KnownMessage.safeParse(event.message);
  const content: Content = known.success ? contentOf(known.data) : { type: 'unsupported', kind: message.data.type };
  return { lineMessageId: message.data.id, content };
}

/** LINE's own limit is 5,000; a longer text is cut rather than lost. */
const MAX_TEXT = 5_000;

function contentOf(message: z.infer<typeof KnownMessage>): Content {
  switch (message.type) {
    case 'text':
      return { type: 'text', text: cutTo(message.text, MAX_TEXT) };
    case 'sticker': {
      const keywords = [...(message.text ? [message.text] : []), ...(message.keywords ?? [])].slice(0, 20);
      return { type: 'sticker', packageId: message.packageId, stickerId: message.stickerId, keywords };
    }
    case 'location':
      return { ...message };
    case 'image':
      return { type: 'image' };
    case 'video':
    case 'audio':
      return { type: message.type, ...(message.duration !== undefined && { durationMs: message.duration }) };
    case 'file':
      return { type: 'file', name: message.fileName, sizeBytes: message.fileSize };
  }
}

const Postback = z.object({ data: z.string() });

/** The data of a postback, or null when the event carries none. LINE's limit is 300 characters. */
export function postbackIn(event: LineEvent): string | null {
  const postback = Postback.safeParse(event.postback);
  return postback.success ? cutTo(postback.data.data, 300) : null;
}

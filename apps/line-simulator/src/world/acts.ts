import { z } from 'zod';
import { CONTENT_BYTES_LIMIT } from './contents.ts';

/** Base64 takes four characters for three bytes. */
const BASE64_LIMIT = Math.ceil(CONTENT_BYTES_LIMIT / 3) * 4;

/** When it happened, in milliseconds since 1970. Left out, now; in the past, for what arrives late. */
const at = z.int().min(0).optional();

const bytes = {
  /** The content, in base64. Left out, a small made-up one. */
  base64: z.base64().max(BASE64_LIMIT).optional(),
  contentType: z.string().max(100).optional(),
  /** `preparing`: LINE answers 202 for it until told otherwise. */
  state: z.enum(['ready', 'preparing']).optional(),
};

/** What a person can send. Loose, so that new properties can be tried on a bot. */
export const PersonMessage = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: z.string().min(1).max(10_000) }),
  z.looseObject({
    type: z.literal('sticker'),
    packageId: z.string().max(50).default('11537'),
    stickerId: z.string().max(50).default('52002734'),
    stickerResourceType: z.string().max(50).default('ANIMATION'),
  }),
  z.looseObject({ type: z.literal('image'), ...bytes }),
  z.looseObject({ type: z.literal('video'), duration: z.int().min(0).default(12_000), ...bytes }),
  z.looseObject({ type: z.literal('audio'), duration: z.int().min(0).default(4_200), ...bytes }),
  z.looseObject({ type: z.literal('file'), fileName: z.string().min(1).max(500).default('note.txt'), ...bytes }),
  z.looseObject({
    type: z.literal('location'),
    title: z.string().max(100).optional(),
    address: z.string().max(500).optional(),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
]);
export type PersonMessage = z.input<typeof PersonMessage>;

/** What a person can do to an account. */
export const Act = z.discriminatedUnion('act', [
  z.object({ act: z.literal('send'), message: PersonMessage, at }),
  z.object({
    act: z.literal('press'),
    /** The postback's `data`. */
    data: z.string().max(300),
    displayText: z.string().max(300).optional(),
    params: z.record(z.string().max(50), z.string().max(300)).optional(),
    at,
  }),
  z.object({ act: z.literal('follow'), at }),
  z.object({ act: z.literal('block'), at }),
  z.object({ act: z.literal('unsend'), messageId: z.string().max(50), at }),
  /** Any other event: these properties join the common ones, so a bot can meet types it has never heard of. */
  z.object({ act: z.literal('event'), event: z.looseObject({ type: z.string().min(1).max(100) }), at }),
]);
export type Act = z.input<typeof Act>;

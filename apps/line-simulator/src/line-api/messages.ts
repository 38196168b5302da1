import { z } from 'zod';
import type { LineMessage } from '../world/chats.ts';
import { invalidBody, type LineErrorDetail } from './errors.ts';

export const MAX_MESSAGES = 5;
/** In UTF-16 code units, as LINE counts text. */
export const MAX_TEXT_LENGTH = 5_000;

const graphemes = new Intl.Segmenter();
/** LINE counts labels in what a reader would call characters. */
const upToGraphemes = (limit: number) =>
  z
    .string()
    .min(1, 'May not be empty')
    .refine((text) => [...graphemes.segment(text)].length <= limit, `Length must be between 0 and ${limit}`);

/** Zod's own `max` counts code points; LINE counts UTF-16 units, which is what `length` is. */
const upTo = (limit: number) =>
  z
    .string('May not be empty')
    .min(1, 'May not be empty')
    .refine((text) => text.length <= limit, `Length must be between 0 and ${limit}`);

const url = z.url({ protocol: /^https?$/, error: 'invalid uri' }).max(2_000, 'Length must be between 0 and 2000');

const Action = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('postback'), label: upToGraphemes(20).optional(), data: upTo(300) }),
  z.looseObject({ type: z.literal('message'), label: upToGraphemes(20).optional(), text: upTo(300) }),
  z.looseObject({ type: z.literal('uri'), label: upToGraphemes(20).optional(), uri: upTo(1_000) }),
  ...(['datetimepicker', 'camera', 'cameraRoll', 'location', 'clipboard'] as const).map((type) =>
    z.looseObject({ type: z.literal(type), label: upToGraphemes(20).optional() }),
  ),
]);

const common = {
  quickReply: z
    .looseObject({
      items: z
        .array(z.looseObject({ type: z.literal('action'), action: Action }))
        .min(1, 'Size must be between 1 and 13')
        .max(13, 'Size must be between 1 and 13'),
    })
    .optional(),
  sender: z.looseObject({ name: upToGraphemes(20).optional(), iconUrl: url.optional() }).optional(),
};
const text = { text: upTo(MAX_TEXT_LENGTH), quoteToken: z.string().optional(), ...common };

/** The types a bot may send. Text and what hangs on it is checked closely; of the others, what they cannot be without. */
const SENDABLE = [
  z.looseObject({ type: z.literal('text'), ...text }),
  z.looseObject({ type: z.literal('textV2'), ...text }),
  z.looseObject({ type: z.literal('sticker'), packageId: upTo(50), stickerId: upTo(50), ...common }),
  z.looseObject({ type: z.literal('image'), originalContentUrl: url, previewImageUrl: url, ...common }),
  z.looseObject({ type: z.literal('video'), originalContentUrl: url, previewImageUrl: url, ...common }),
  z.looseObject({
    type: z.literal('audio'),
    originalContentUrl: url,
    duration: z.number('must be specified'),
    ...common,
  }),
  z.looseObject({
    type: z.literal('location'),
    title: upTo(100),
    address: upTo(100),
    latitude: z.number('must be specified'),
    longitude: z.number('must be specified'),
    ...common,
  }),
  z.looseObject({ type: z.literal('template'), altText: upTo(1_500), template: z.looseObject({}), ...common }),
  z.looseObject({ type: z.literal('flex'), altText: upTo(1_500), contents: z.looseObject({}), ...common }),
  z.looseObject({ type: z.literal('imagemap'), altText: upTo(1_500), ...common }),
] as const;
const KNOWN_TYPES = SENDABLE.map((schema) => schema.shape.type.value).join(', ');

const Messages = z.object({
  messages: z
    .array(
      z.discriminatedUnion('type', SENDABLE, {
        error: (issue) =>
          issue.code === 'invalid_union' ? `Must be one of the following values: [${KNOWN_TYPES}]` : undefined,
      }),
      'May not be empty',
    )
    .min(1, `Size must be between 1 and ${MAX_MESSAGES}`)
    .max(MAX_MESSAGES, `Size must be between 1 and ${MAX_MESSAGES}`),
});

/** The messages of a push or a reply. Throws LINE's 400 with one detail per fault. */
export function readMessages(body: unknown): LineMessage[] {
  const parsed = Messages.safeParse(body);
  if (!parsed.success) throw invalidBody(parsed.error.issues.map(asDetail));
  return parsed.data.messages;
}

function asDetail({ message, path }: { message: string; path: PropertyKey[] }): LineErrorDetail {
  const property = path
    .map((step, depth) => (typeof step === 'number' ? `[${step}]` : `${depth > 0 ? '.' : ''}${String(step)}`))
    .join('');
  return { message: message.startsWith('Invalid input') ? 'May not be empty' : message, property };
}

import { z } from 'zod';
import { isStorable } from './text.ts';

/** LINE refuses text longer than this many UTF-16 units (Messaging API reference, text message). */
export const MAX_TEXT_LENGTH = 5_000;

/** How much of a message the inbox shows on its one line. */
export const MAX_PREVIEW_LENGTH = 120;

/** Bounds what LINE may report about a message: names, addresses, keywords. */
const Label = z.string().max(1_000);

/** LINE counts UTF-16 units; zod's own `max` counts code points. */
const fits = (text: string) => text.length <= MAX_TEXT_LENGTH;

export const TextContent = z.object({ type: z.literal('text'), text: z.string().refine(fits) });

/**
 * What a message says. Text, stickers and places carry all there is to show; pictures, films, voice and files
 * carry what LINE's webhook says about them. A kind that Sala does not know stays visible as `unsupported`.
 */
export const Content = z.discriminatedUnion('type', [
  TextContent,
  z.object({ type: z.literal('image') }),
  z.object({ type: z.literal('video'), durationMs: z.number().nonnegative().optional() }),
  z.object({ type: z.literal('audio'), durationMs: z.number().nonnegative().optional() }),
  z.object({ type: z.literal('file'), name: Label, sizeBytes: z.number().nonnegative() }),
  z.object({
    type: z.literal('sticker'),
    packageId: z.string().max(64),
    stickerId: z.string().max(64),
    keywords: z.array(Label).max(20),
  }),
  z.object({
    type: z.literal('location'),
    title: Label.optional(),
    address: Label.optional(),
    latitude: z.number(),
    longitude: z.number(),
  }),
  z.object({ type: z.literal('unsupported'), kind: z.string().max(64) }),
]);
export type Content = z.infer<typeof Content>;

/** Characters that show nothing: a message of only these is empty to its reader. */
const INVISIBLE = /[\s\u200B-\u200F\u2060\uFEFF\u00AD]/gu;

/**
 * What an operator may send: text, trimmed, with something to see in it and at most
 * {@link MAX_TEXT_LENGTH} UTF-16 units, that the database can keep.
 */
export const SendableContent = z.strictObject({
  type: z.literal('text'),
  text: z
    .string()
    .trim()
    .min(1)
    .refine(fits, `is longer than ${MAX_TEXT_LENGTH} UTF-16 units`)
    .refine((text) => text.replace(INVISIBLE, '') !== '', 'has nothing to see in it')
    .refine(isStorable, 'has a character that cannot be stored'),
});
export type SendableContent = z.infer<typeof SendableContent>;

/** One line of text for lists: the words themselves, or the empty string for kinds whose name the reader's language knows. */
export function previewText(content: Content): string {
  switch (content.type) {
    case 'text':
      return cut(content.text.replace(/\s+/g, ' '));
    case 'file':
      return cut(content.name);
    case 'location':
      return cut(content.title ?? content.address ?? '');
    case 'sticker':
      return cut(content.keywords[0] ?? '');
    case 'unsupported':
      return content.kind;
    case 'image':
    case 'video':
    case 'audio':
      return '';
  }
}

/** Cuts without leaving half of a surrogate pair behind. */
function cut(text: string): string {
  if (text.length <= MAX_PREVIEW_LENGTH) return text;
  const end = /[\uD800-\uDBFF]/.test(text[MAX_PREVIEW_LENGTH - 1]!) ? MAX_PREVIEW_LENGTH - 1 : MAX_PREVIEW_LENGTH;
  return text.slice(0, end);
}

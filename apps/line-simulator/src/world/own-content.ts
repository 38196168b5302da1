import type { z } from 'zod';
import { samplePicture } from '../sample-picture.ts';
import type { PersonMessage } from './acts.ts';
import type { LineMessage } from './chats.ts';
import type { Contents } from './contents.ts';

const DEFAULT_TYPE = { image: 'image/png', video: 'video/mp4', audio: 'audio/x-m4a', file: 'application/octet-stream' };

/** Keeps the bytes of a picture, video, voice or file, and answers with the message as the webhook has it. */
export function keepContent(
  contents: Contents,
  channelId: string,
  messageId: string,
  message: z.output<typeof PersonMessage>,
): LineMessage {
  switch (message.type) {
    case 'text':
    case 'sticker':
    case 'location':
      return message;
    case 'image':
    case 'video':
    case 'audio':
    case 'file': {
      const { base64, contentType, state = 'ready', ...shown } = message;
      const bytes = base64 === undefined ? madeUp(message.type, messageId) : Buffer.from(base64, 'base64');
      contents.put(messageId, { channelId, state, contentType: contentType ?? DEFAULT_TYPE[message.type], bytes });
      return message.type === 'file'
        ? { ...shown, fileSize: bytes.length }
        : { contentProvider: { type: 'line' }, ...shown };
    }
  }
}

function madeUp(type: keyof typeof DEFAULT_TYPE, messageId: string): Buffer {
  return type === 'image' ? samplePicture(messageId) : Buffer.from(`A ${type} that was made up: ${messageId}\n`);
}

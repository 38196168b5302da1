import type { Platform } from '../platform.ts';
import type { Channel } from '../world/channels.ts';
import type { Content } from '../world/contents.ts';
import { LineError } from './errors.ts';

/** GET /v2/bot/message/{id}/content. `null` while LINE is still preparing it (202). */
export function content({ contents }: Platform, channel: Channel, messageId: string): Content | null {
  const kept = contents.get(messageId);
  if (!kept || kept.channelId !== channel.id) throw new LineError(404, 'not found');
  if (kept.state === 'gone') throw new LineError(410, 'The content is gone');
  return kept.state === 'preparing' ? null : kept;
}

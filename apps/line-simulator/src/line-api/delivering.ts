import type { Platform } from '../platform.ts';
import type { Channel } from '../world/channels.ts';
import type { LineMessage } from '../world/chats.ts';
import type { Person } from '../world/people.ts';
import type { SentMessage } from '../world/retry-keys.ts';

const QUOTABLE = new Set(['text', 'textV2', 'sticker', 'image', 'video', 'template', 'flex']);

type Accepted = { via: 'push' | 'reply'; retryKey: string | null; requestId: string; messages: LineMessage[] };

/**
 * Takes accepted messages to the person's phone, if it can be reached, and writes them in the ledger.
 * Whether they arrived is for the ledger only: the bot gets the same `sentMessages` either way.
 */
export function deliver(
  { chats, clock, deliveries, ids, people }: Platform,
  channel: Channel,
  person: Person,
  { via, retryKey, requestId, messages }: Accepted,
): SentMessage[] {
  const at = clock();
  const delivered = people.isReachable(channel.id, person, at);
  const numbered = messages.map((message) => ({ ...message, id: ids.message() }));
  if (delivered) {
    for (const message of numbered) {
      chats.add(channel.id, person.userId, { id: message.id, at, from: 'account', message, via });
    }
  }
  const { userId } = person;
  deliveries.record({ at, channelId: channel.id, userId, via, retryKey, requestId, delivered, messages: numbered });
  return numbered.map(({ id, type }) => ({ id, ...(QUOTABLE.has(type) && { quoteToken: ids.quoteToken() }) }));
}

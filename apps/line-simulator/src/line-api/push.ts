import type { Platform } from '../platform.ts';
import type { Channel } from '../world/channels.ts';
import { RETRY_KEY_SHAPE, type SentMessage } from '../world/retry-keys.ts';
import { deliver } from './delivering.ts';
import { invalidProperty, LineError } from './errors.ts';
import { readMessages } from './messages.ts';

/** A user, a group or a room. */
const RECIPIENT_SHAPE = /^[UCR][0-9a-f]{32}$/;

type Push = { body: unknown; retryKey: string | undefined; requestId: string };

/**
 * POST /v2/bot/message/push. The order of the checks is ours, LINE's is unknown: shape, retry key,
 * recipient. A request that is refused does not use up its retry key.
 */
export function push(platform: Platform, channel: Channel, { body, retryKey, requestId }: Push) {
  const to = readRecipient(body);
  const messages = readMessages(body);
  if (retryKey !== undefined) refuseAccepted(platform, channel, retryKey);

  // There are no groups yet: whatever is not a person is somewhere the bot has never been.
  const person = platform.people.get(to);
  if (!person) throw new LineError(400, 'Failed to send messages');

  const sentMessages = deliver(platform, channel, person, {
    via: 'push',
    retryKey: retryKey ?? null,
    requestId,
    messages,
  });
  if (retryKey !== undefined) {
    platform.retryKeys.accept(channel.id, retryKey, { requestId, sentMessages, at: platform.clock() });
  }
  return { sentMessages } satisfies { sentMessages: SentMessage[] };
}

function readRecipient(body: unknown): string {
  const to = typeof body === 'object' && body !== null && 'to' in body ? body.to : undefined;
  if (typeof to !== 'string' || !RECIPIENT_SHAPE.test(to)) throw invalidProperty('to');
  return to;
}

function refuseAccepted({ clock, retryKeys }: Platform, channel: Channel, retryKey: string): void {
  if (!RETRY_KEY_SHAPE.test(retryKey)) throw new LineError(400, 'The retry key is invalid');
  const accepted = retryKeys.find(channel.id, retryKey, clock());
  if (!accepted) return;
  throw new LineError(409, 'The retry key is already accepted', [], {
    body: { sentMessages: accepted.sentMessages },
    headers: { 'x-line-accepted-request-id': accepted.requestId },
  });
}

import type { Platform } from '../platform.ts';
import type { Channel } from '../world/channels.ts';
import { deliver } from './delivering.ts';
import { invalidBody, LineError } from './errors.ts';
import { readMessages } from './messages.ts';

type Reply = { body: unknown; retryKey: string | undefined; requestId: string };

/** POST /v2/bot/message/reply. A request that is refused does not use up its token. */
export function reply(platform: Platform, channel: Channel, { body, retryKey, requestId }: Reply) {
  const { clock, people, replyTokens, weather } = platform;
  if (retryKey !== undefined) throw new LineError(400, 'X-Line-Retry-Key is not supported by this API');
  const token = readToken(body);
  const messages = readMessages(body);

  const { replyTokenLifeMs: lifeMs } = weather.now;
  const userId = replyTokens.find(token, { channelId: channel.id, now: clock(), lifeMs });
  const person = userId === null ? undefined : people.get(userId);
  if (!person) throw new LineError(400, 'Invalid reply token');

  replyTokens.use(token);
  return { sentMessages: deliver(platform, channel, person, { via: 'reply', retryKey: null, requestId, messages }) };
}

function readToken(body: unknown): string {
  const token = typeof body === 'object' && body !== null && 'replyToken' in body ? body.replyToken : undefined;
  if (typeof token !== 'string' || token === '') {
    throw invalidBody([{ message: 'May not be empty', property: 'replyToken' }]);
  }
  return token;
}

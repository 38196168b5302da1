import type { Platform } from '../platform.ts';
import { UserId, type Channel } from '../world/channels.ts';
import { LineError } from './errors.ts';

/** GET /v2/bot/profile/{userId}. Unknown, blocked, and strangers who never wrote are all the same 404. */
export function profile({ people }: Platform, channel: Channel, userId: string, portraitsUrl: string) {
  if (!UserId.safeParse(userId).success) throw new LineError(400, "The value for the 'userId' parameter is invalid");
  const person = people.get(userId);
  if (!person || !people.isKnown(channel.id, person)) throw new LineError(404, 'Not found');
  const { displayName, pictureUrl = `${portraitsUrl}/${userId}.svg`, statusMessage, language } = person;
  return {
    userId,
    displayName,
    ...(pictureUrl !== null && { pictureUrl }),
    ...(statusMessage !== undefined && { statusMessage }),
    ...(language !== undefined && { language }),
  };
}

/** GET /v2/bot/info. Chat is off: LINE marks as read by itself, and nobody else answers in this account. */
export function info({ botUserId, id, name }: Channel) {
  return {
    userId: botUserId,
    basicId: `@${id}`.slice(0, 20),
    displayName: name,
    chatMode: 'bot',
    markAsReadMode: 'auto',
  };
}

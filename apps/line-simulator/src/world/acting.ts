import type { z } from 'zod';
import type { Platform } from '../platform.ts';
import type { WebhookEvent } from '../webhooks/event.ts';
import type { Act } from './acts.ts';
import type { Channel } from './channels.ts';
import { keepContent } from './own-content.ts';
import type { Person } from './people.ts';

/** A person cannot do that now; the message says why. */
export class NotPossible extends Error {}

const HAVE_QUOTE_TOKEN = new Set(['text', 'sticker', 'image', 'video']);

/**
 * Lets a person act: changes what LINE and the phone know, and answers with the event to send.
 * Throws `NotPossible` for what LINE's app would not let them do.
 */
export function act(platform: Platform, channel: Channel, person: Person, deed: z.output<typeof Act>): WebhookEvent {
  const { chats, contents, ids, people } = platform;
  const at = deed.at ?? platform.clock();
  const id = ids.message();
  const event = (type: string, body: object, { repliable }: { repliable: boolean }) =>
    eventBy(platform, channel, person, { type, at, body, repliable });

  switch (deed.act) {
    case 'send': {
      refuseIfBlocked(platform, channel, person);
      const message = { ...keepContent(contents, channel.id, id, deed.message), id };
      if (HAVE_QUOTE_TOKEN.has(message.type)) Object.assign(message, { quoteToken: ids.quoteToken() });
      people.wrote(channel.id, person, at);
      chats.add(channel.id, person.userId, { id, at, from: 'person', message, takenBack: false, told: null });
      return event('message', { message }, { repliable: true });
    }
    case 'press': {
      refuseIfBlocked(platform, channel, person);
      const { data, displayText, params } = deed;
      chats.add(channel.id, person.userId, { id, at, from: 'phone', note: 'pressed', text: displayText ?? data });
      return event('postback', { postback: { data, ...(params && { params }) } }, { repliable: true });
    }
    case 'follow': {
      const isUnblocked = people.friendship(channel.id, person) === 'blocked';
      people.setFriendship(channel.id, person, 'friend');
      chats.add(channel.id, person.userId, { id, at, from: 'phone', note: 'followed', text: '' });
      return event('follow', { follow: { isUnblocked } }, { repliable: true });
    }
    case 'block':
      people.setFriendship(channel.id, person, 'blocked');
      chats.add(channel.id, person.userId, { id, at, from: 'phone', note: 'blocked', text: '' });
      return event('unfollow', {}, { repliable: false });
    case 'unsend':
      if (!chats.takeBack(channel.id, person.userId, deed.messageId)) {
        throw new NotPossible('There is no such message of this person to take back');
      }
      contents.setState(deed.messageId, 'gone');
      return event('unsend', { unsend: { messageId: deed.messageId } }, { repliable: false });
    case 'event': {
      const { type, ...body } = deed.event;
      return event(type, body, { repliable: false });
    }
  }
}

function refuseIfBlocked({ people }: Platform, channel: Channel, person: Person): void {
  if (people.friendship(channel.id, person) === 'blocked') {
    throw new NotPossible(`${person.displayName} has blocked ${channel.name}; unblock it first`);
  }
}

function eventBy(
  { clock, ids, replyTokens }: Platform,
  channel: Channel,
  { userId }: Person,
  { type, at, body, repliable }: { type: string; at: number; body: object; repliable: boolean },
): WebhookEvent {
  const replyToken = ids.replyToken();
  if (repliable) replyTokens.issue(replyToken, { channelId: channel.id, userId, eventAt: at, sentAt: clock() });
  return {
    type,
    mode: 'active',
    timestamp: at,
    webhookEventId: ids.event(),
    deliveryContext: { isRedelivery: false },
    source: { type: 'user', userId },
    ...(repliable && { replyToken }),
    ...body,
  };
}

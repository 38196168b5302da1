import type { ActOutcome } from '../control/chat-routes.ts';
import type { Act, PersonMessage } from '../world/acts.ts';
import type { Chat, LineMessage } from '../world/chats.ts';
import type { Friendship, Person } from '../world/people.ts';
import type { ControlHttp } from './control-http.ts';
import { waitFor, type Within } from './waiting.ts';

/** A message that reached the phone. `text` is `null` for what is not text. */
export type Received = { id: string; at: number; via: 'push' | 'reply'; text: string | null; message: LineMessage };

/** `at` is the event's own timestamp in milliseconds, for playing what arrives late. */
export type When = { at?: number };

/**
 * A person and one channel. Every act resolves once its webhook has been answered or given up, with the
 * bot's status (0: no answer), and rejects if LINE's app would not let them do it.
 */
export type Customer = {
  userId: string;
  displayName: string;
  channelId: string;
  says: (text: string, options?: When & { quotedMessageId?: string }) => Promise<ActOutcome>;
  sends: (message: PersonMessage, options?: When) => Promise<ActOutcome>;
  /** Taps a button whose postback is `data`. */
  presses: (
    data: string,
    options?: When & { displayText?: string; params?: Record<string, string> },
  ) => Promise<ActOutcome>;
  /** Adds the account as a friend, or unblocks it. */
  follows: (options?: When) => Promise<ActOutcome>;
  blocks: (options?: When) => Promise<ActOutcome>;
  unsends: (messageId: string, options?: When) => Promise<ActOutcome>;
  /** Any other event; the properties given join the common ones. */
  causes: (event: { type: string; [property: string]: unknown }, options?: When) => Promise<ActOutcome>;
  /** Both sides of the chat as the phone shows it, the newest thousand lines. */
  chat: () => Promise<Chat & { friendship: Friendship }>;
  /** What reached the phone, oldest first. */
  received: () => Promise<Received[]>;
  /**
   * Waits until the phone has received `wanted` messages in all, or one for which `wanted` holds; then
   * answers as `received()`. Rejects after `withinMs` (default 5000) with what had come by then.
   */
  receives(wanted: number | ((message: Received) => boolean), options?: Within): Promise<Received[]>;
  /** The same person with another channel. */
  with: (channelId: string) => Customer;
};

export function customerOn(http: ControlHttp, person: Person, channelId: string): Customer {
  const { displayName, userId } = person;
  const path = `/channels/${encodeURIComponent(channelId)}/people/${userId}`;
  const does = (deed: Act) => http.send<ActOutcome>('POST', `${path}/acts`, deed);
  const chat = (query = '') => http.get<Chat & { friendship: Friendship }>(`${path}/chat${query}`);
  const sends: Customer['sends'] = (message, { at } = {}) => does({ act: 'send', message, at });

  return {
    userId,
    displayName,
    channelId,
    says: (text, { quotedMessageId, ...when } = {}) =>
      sends({ type: 'text', text, ...(quotedMessageId && { quotedMessageId }) }, when),
    sends,
    presses: (data, options = {}) => does({ act: 'press', data, ...options }),
    follows: (when = {}) => does({ act: 'follow', ...when }),
    blocks: (when = {}) => does({ act: 'block', ...when }),
    unsends: (messageId, when = {}) => does({ act: 'unsend', messageId, ...when }),
    causes: (event, when = {}) => does({ act: 'event', event, ...when }),
    chat: () => chat(),
    received: async () => receivedIn(await chat()),
    async receives(wanted, within = {}) {
      let received: Received[] = [];
      let seen = 0;
      const look = async (waitMs: number) => {
        const read = await chat(`?after=${seen}&waitMs=${waitMs}`);
        seen = read.version;
        received = receivedIn(read);
        const enough = typeof wanted === 'number' ? received.length >= wanted : received.some(wanted);
        return enough ? received : undefined;
      };
      return waitFor(look, within, () => {
        const came = received.map(({ message, text }) => text ?? message.type);
        return `${displayName} has not received ${typeof wanted === 'number' ? wanted : 'that'}, but ${JSON.stringify(came)}`;
      });
    },
    with: (otherChannelId) => customerOn(http, person, otherChannelId),
  };
}

function receivedIn({ lines }: Chat): Received[] {
  return lines.flatMap((line) => {
    if (line.from !== 'account') return [];
    const { id, at, message, via } = line;
    return [{ id, at, via, text: typeof message.text === 'string' ? message.text : null, message }];
  });
}

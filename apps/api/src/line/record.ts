import type { BotSettings, RoomFact, RoomHead, TeamId } from '@sala/contracts';
import { answer, type Heard } from '../bot/bot.ts';
import { type LineEvent, messageIn, postbackIn } from './lineEvent.ts';

/** What an event asks the log to record: decided on the head it meets, and named so that hearing it again is nothing. */
export type Recording = { once: string; decide: (head: RoomHead, seq: number) => RoomFact[] };

/** What a channel says of its conversations: how its bot answers, and whose they are at the beginning. */
type With = { settings: BotSettings; teamId: TeamId | null; newId: () => string };

/** An event in the desk's words; the first of a conversation after the team that it begins with. */
export function recordingOf(event: LineEvent, webhookEventId: string, channel: With): Recording {
  const { once, decide } = heardIn(event, webhookEventId, channel);
  const { teamId } = channel;
  if (teamId === null) return { once, decide };
  const begins: RoomFact = { type: 'conversation.teamed', teamId, by: null };
  return { once, decide: (head, seq) => [...(seq === 0 ? [begins] : []), ...decide(head, seq)] };
}

/**
 * A LINE event in the desk's words, and the bot's answer to it. A message is named by its own id, because LINE may
 * send one message under two event ids. Kinds that the desk does not act on are recorded as such.
 */
function heardIn(event: LineEvent, webhookEventId: string, { settings, newId }: With): Recording {
  const sentAt = new Date(event.timestamp).toISOString();
  // Another channel holds the chat (standby): LINE asks bots to listen and not to answer.
  const replies = event.mode !== 'standby';
  const withAnswer = (once: string, fact: RoomFact, heard: Heard): Recording => ({
    once,
    // Adding the account, and the profile that follows, come before the first message and are none.
    decide: (head) => [fact, ...(replies ? answer(head, heard, { isFirst: head.last === null, settings, newId }) : [])],
  });
  const once = `event:${webhookEventId}`;

  const message = event.type === 'message' ? messageIn(event) : null;
  if (message) {
    const { lineMessageId, content } = message;
    const fact: RoomFact = { type: 'customer.wrote', messageId: newId(), lineMessageId, content, sentAt };
    return withAnswer(
      `message:${lineMessageId}`,
      fact,
      content.type === 'text' ? { text: content.text } : { other: true },
    );
  }
  const data = event.type === 'postback' ? postbackIn(event) : null;
  if (data !== null) return withAnswer(once, { type: 'customer.pressed', data, sentAt }, { postback: data });
  switch (event.type) {
    case 'follow':
      return { once, decide: () => [{ type: 'customer.followed', sentAt }] };
    case 'unfollow':
      return { once, decide: () => [{ type: 'customer.blocked', sentAt }] };
    default:
      return { once, decide: () => [{ type: 'line.reported', kind: event.type, sentAt }] };
  }
}

import { type HandOver, handOver, modeOf, type RoomFact, type RoomHead, type SessionId } from '@sala/contracts';
import { z } from 'zod';

const Words = z.string().trim().min(1).max(1_000);

/** What the bot of a channel says and listens for. Missing fields take these defaults. */
export const BotSettings = z.object({
  greeting: Words.default(
    'สวัสดีค่ะ พิมพ์ “คุยกับเจ้าหน้าที่” เมื่อต้องการคุยกับเจ้าหน้าที่\nHello! Write “human” to talk to a person.\nこんにちは。「オペレーター」と送ると担当者におつなぎします。',
  ),
  handedOver: Words.default(
    'กำลังตามเจ้าหน้าที่ให้ค่ะ\nA person will be with you shortly.\n担当者におつなぎします。少々お待ちください。',
  ),
  /** Words that ask for a person, anywhere in a message. Latin words only as whole words. */
  keywords: z.array(z.string().trim().min(1).max(100)).max(50).default(['คุยกับเจ้าหน้าที่', 'human', 'オペレーター']),
  /** Postback data that asks for a person. */
  postbacks: z.array(z.string().min(1).max(300)).max(50).default(['action=human']),
});
export type BotSettings = z.infer<typeof BotSettings>;

/** What the customer just did, as far as the bot cares. */
export type Heard = { text: string } | { postback: string } | { other: true };

/**
 * What the bot does about it: nothing while people are on it, a greeting for the very first message, a hand-over when
 * a person is asked for. Pure; `newId` names the messages and the session.
 */
export function answer(
  before: RoomHead,
  heard: Heard,
  { isFirst, settings, newId }: { isFirst: boolean; settings: BotSettings; newId: () => string },
): RoomFact[] {
  if (modeOf(before.session) === 'HUMAN') return [];
  const asked = askedForPerson(heard, settings);
  if (asked) return [...handOver(null, newId() satisfies SessionId, asked), says(settings.handedOver, newId)];
  return isFirst ? [says(settings.greeting, newId)] : [];
}

const says = (text: string, newId: () => string): RoomFact => ({
  type: 'bot.wrote',
  messageId: newId(),
  content: { type: 'text', text },
});

function askedForPerson(heard: Heard, settings: BotSettings): HandOver | null {
  if ('postback' in heard) {
    return settings.postbacks.includes(heard.postback) ? { how: 'postback', data: heard.postback } : null;
  }
  if (!('text' in heard)) return null;
  const text = normalised(heard.text);
  const word = settings.keywords.find((keyword) => contains(text, normalised(keyword)));
  return word ? { how: 'keyword', word } : null;
}

const normalised = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Thai and Japanese have no spaces between words; Latin has, and "humanity" is no call for help. */
function contains(text: string, keyword: string): boolean {
  for (let at = text.indexOf(keyword); at >= 0; at = text.indexOf(keyword, at + 1)) {
    if (!isLatin(keyword)) return true;
    const [before, after] = [text[at - 1] ?? ' ', text[at + keyword.length] ?? ' '];
    if (!isLatin(before) && !isLatin(after)) return true;
  }
  return false;
}

const isLatin = (text: string): boolean => /^[\p{Script=Latin}\d' -]+$/u.test(text.trim());

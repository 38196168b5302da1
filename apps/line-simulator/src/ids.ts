import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const IDS_PER_MS = 100_000n;

/** Makes every id LINE hands out, in LINE's shapes. */
export type Ids = {
  /** 18 decimal digits, above 2^53, rising. Later runs never repeat an id, so a bot's dedupe table stays right. */
  message: () => string;
  /** A ULID. */
  event: () => string;
  user: () => string;
  replyToken: () => string;
  quoteToken: () => string;
  request: () => string;
};

/** Ids rise with `clock` (milliseconds since 1970); the rest is chance. */
export function createIds(clock: () => number): Ids {
  let lastMessage = 0n;
  return {
    message() {
      const now = BigInt(clock()) * IDS_PER_MS + BigInt(randomInt(1_000));
      lastMessage = now > lastMessage ? now : lastMessage + 1n;
      return lastMessage.toString();
    },
    event: () => ulid(clock()),
    user: () => `U${randomBytes(16).toString('hex')}`,
    replyToken: () => randomBytes(16).toString('hex'),
    quoteToken: () => randomBytes(24).toString('base64url'),
    request: () => randomUUID(),
  };
}

/** The bot's own user id, always the same for a channel unless its settings say otherwise. */
export function botUserIdFor(channelId: string): string {
  return `U${createHash('sha256').update(`bot of ${channelId}`).digest('hex').slice(0, 32)}`;
}

function ulid(at: number): string {
  let time = '';
  for (let rest = at, digit = 0; digit < 10; digit += 1, rest = Math.floor(rest / 32)) {
    time = CROCKFORD.charAt(rest % 32) + time;
  }
  return time + Array.from(randomBytes(16), (byte) => CROCKFORD.charAt(byte % 32)).join('');
}

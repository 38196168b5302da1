import type { Live } from '../live.ts';

/** How many lines of one chat a phone remembers. */
export const CHAT_LIMIT = 1_000;

/** A message object as LINE writes it: a `type` and whatever belongs to that type. */
export type LineMessage = { type: string; [property: string]: unknown };

/** Why a webhook did or did not count as received: LINE's own four reasons, and `ok`. */
export type WebhookReason = 'ok' | 'could_not_connect' | 'request_timeout' | 'error_status_code' | 'unclassified';

/** One line on the phone. */
export type ChatLine = { id: string; at: number } & (
  | {
      from: 'person';
      message: LineMessage;
      takenBack: boolean;
      /** How the account answered the webhook; `null` until it has. */
      told: { status: number; reason: WebhookReason } | null;
    }
  | { from: 'account'; message: LineMessage; via: 'push' | 'reply' }
  | { from: 'phone'; note: 'followed' | 'blocked' | 'pressed'; text: string }
);

/** A chat and its version, which grows with every change to it. */
export type Chat = { version: number; lines: ChatLine[] };

export class Chats {
  readonly #chats = new Map<string, Chat>();
  readonly #live: Live;

  constructor(live: Live) {
    this.#live = live;
  }

  read(channelId: string, userId: string): Chat {
    return this.#chats.get(`${channelId}/${userId}`) ?? { version: 0, lines: [] };
  }

  add(channelId: string, userId: string, line: ChatLine): void {
    this.#change(channelId, userId, (lines) => [...lines.slice(-CHAT_LIMIT + 1), line]);
  }

  /** Notes how the webhook for a message was answered. */
  told(channelId: string, userId: string, messageId: string, told: { status: number; reason: WebhookReason }): void {
    this.#change(channelId, userId, (lines) =>
      lines.map((line) => (line.id === messageId && line.from === 'person' ? { ...line, told } : line)),
    );
  }

  /** Answers whether there was such a message of this person's to take back. */
  takeBack(channelId: string, userId: string, messageId: string): boolean {
    const isTheirs = (line: ChatLine) => line.id === messageId && line.from === 'person' && !line.takenBack;
    if (!this.read(channelId, userId).lines.some(isTheirs)) return false;
    this.#change(channelId, userId, (lines) =>
      lines.map((line) => (isTheirs(line) ? ({ ...line, takenBack: true } as ChatLine) : line)),
    );
    return true;
  }

  #change(channelId: string, userId: string, change: (lines: ChatLine[]) => ChatLine[]): void {
    const { version, lines } = this.read(channelId, userId);
    this.#chats.set(`${channelId}/${userId}`, { version: version + 1, lines: change(lines) });
    this.#live.tell({ type: 'chat', channelId, userId });
  }
}

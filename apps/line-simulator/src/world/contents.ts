import { BoundedMap } from '../bounded-map.ts';

/** How many pictures and files are kept, and how large one may be: at most about a gigabyte, in practice far less. */
export const CONTENT_LIMIT = 100;
export const CONTENT_BYTES_LIMIT = 10_000_000;

/** `preparing` is what LINE says of a long video; `gone` of a message that was taken back. */
export type ContentState = 'ready' | 'preparing' | 'gone';
export type Content = { channelId: string; state: ContentState; contentType: string; bytes: Buffer };

/** The bytes of what people sent, by message id. */
export class Contents {
  readonly #byMessageId = new BoundedMap<string, Content>(CONTENT_LIMIT);

  put(messageId: string, content: Content): void {
    this.#byMessageId.set(messageId, content);
  }

  get(messageId: string): Content | undefined {
    return this.#byMessageId.get(messageId);
  }

  /** Answers whether there is such a content. Bytes that are gone are dropped. */
  setState(messageId: string, state: ContentState): boolean {
    const content = this.#byMessageId.get(messageId);
    if (!content) return false;
    const bytes = state === 'gone' ? Buffer.alloc(0) : content.bytes;
    this.#byMessageId.set(messageId, { ...content, state, bytes });
    return true;
  }
}

/** What a connection says, in the pieces that a server has to act on. */
export type Part = { type: 'turn' | 'refuseEncryption' | 'end'; messages: Uint8Array[] };

/** Codes in place of the protocol's version, in a connection's first message. */
const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;
const CANCEL_REQUEST = 80_877_102;

/** Message types after which PostgreSQL answers and is ready again: Sync, Query, Function call, Password, and the end of a copy. */
const ENDS_TURN = new Set(Buffer.from('SQFpcf'));
const TERMINATE = 'X'.charCodeAt(0);

/** A query is at most this long; LINE's webhooks, the largest thing stored, have a megabyte. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/** Cuts the bytes of one connection (PostgreSQL's protocol 3.0) into turns, whatever packets they came in. */
export class Reader {
  #unread: Buffer = Buffer.alloc(0);
  #turn: Uint8Array[] = [];
  /** The first message has no type. */
  #hasBegun = false;

  read(data: Buffer): Part[] {
    this.#unread = this.#unread.length === 0 ? data : Buffer.concat([this.#unread, data]);
    const parts: Part[] = [];
    for (let message = this.#nextMessage(); message; message = this.#nextMessage()) {
      const part = this.#hasBegun ? this.#partOf(message) : this.#beginningOf(message);
      if (part) parts.push(part);
      if (part?.type === 'end') break;
    }
    return parts;
  }

  #nextMessage(): Buffer | null {
    const typeBytes = this.#hasBegun ? 1 : 0;
    if (this.#unread.length < typeBytes + 4) return null;
    const length = typeBytes + this.#unread.readInt32BE(typeBytes);
    if (length < typeBytes + 4 || length > MAX_MESSAGE_BYTES) throw new Error(`a message of ${length} bytes`);
    if (this.#unread.length < length) return null;
    const message = this.#unread.subarray(0, length);
    this.#unread = this.#unread.subarray(length);
    return message;
  }

  #beginningOf(message: Buffer): Part {
    const code = message.length >= 8 ? message.readInt32BE(4) : 0;
    if (code === SSL_REQUEST || code === GSS_REQUEST) return { type: 'refuseEncryption', messages: [] };
    // There is no second process that could be told to stop.
    if (code === CANCEL_REQUEST) return { type: 'end', messages: [] };
    this.#hasBegun = true;
    return { type: 'turn', messages: [copied(message)] };
  }

  #partOf(message: Buffer): Part | null {
    const type = message[0]!;
    if (type === TERMINATE) return { type: 'end', messages: [] };
    this.#turn.push(copied(message));
    if (!ENDS_TURN.has(type)) return null;
    const messages = this.#turn;
    this.#turn = [];
    return { type: 'turn', messages };
  }
}

/** A plain array of its own: the database keeps it beyond the packet's life. */
const copied = (message: Buffer): Uint8Array => new Uint8Array(message);

import type { ConversationId } from '@sala/contracts';

/** The first wish is granted at once; those of the time after it together. */
const COLLECT_MS = 250;

/** So many conversations share a job: few enough that several servers have a part of a large burst. */
const MAX_PER_JOB = 100;

/**
 * Wishes for deliveries, gathered: a burst costs one insert and one notification, and a conversation wished for often
 * is in it once. `ask` is given groups of at most 100 conversations, and asked again only when it has answered.
 */
export class Doorbell {
  readonly #ask: (groups: ConversationId[][]) => Promise<void>;
  #wished = new Set<ConversationId>();
  #collecting: NodeJS.Timeout | undefined;
  #asked: Promise<void> = Promise.resolve();

  /** `ask` never rejects. */
  constructor(ask: (groups: ConversationId[][]) => Promise<void>) {
    this.#ask = ask;
  }

  ring(conversationId: ConversationId): void {
    this.#wished.add(conversationId);
    if (!this.#collecting) this.#flush();
  }

  /** Asks for what is wished now; resolves when all of it has been asked for. Nothing may be wished for after this. */
  async close(): Promise<void> {
    this.#flush();
    clearTimeout(this.#collecting);
    await this.#asked;
  }

  #flush(): void {
    clearTimeout(this.#collecting);
    this.#collecting = undefined;
    if (this.#wished.size === 0) return;
    this.#collecting = setTimeout(() => this.#flush(), COLLECT_MS);
    const groups = inGroups([...this.#wished]);
    this.#wished = new Set();
    this.#asked = this.#asked.then(() => this.#ask(groups));
  }
}

const inGroups = (wished: ConversationId[]): ConversationId[][] =>
  Array.from({ length: Math.ceil(wished.length / MAX_PER_JOB) }, (_, group) =>
    wished.slice(group * MAX_PER_JOB, (group + 1) * MAX_PER_JOB),
  );

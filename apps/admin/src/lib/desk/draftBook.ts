import type { ConversationId, OperatorId } from '@sala/contracts';

/** Drafts of one operator. The one not touched for longest makes room. */
export const MAX_DRAFTS = 100;

/** A text that is being typed here is not replaced by what another tab says. */
const TYPING_HERE_MS = 2_000;

const KEPT_AS = 'sala.draft';

interface Draft {
  text: string;
  /** In milliseconds of this device. */
  at: number;
}

type Place = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * What one operator has typed and not sent, by conversation. All tabs of the browser have the same, each text under
 * a key of its own so that they do not overwrite each other's. It ends with the sign-in.
 */
export class DraftBook {
  readonly #place: Place | null;
  readonly #now: () => number;
  #owner: OperatorId | null = null;
  #drafts = new Map<ConversationId, Draft>();
  #typed: { conversationId: ConversationId; at: number } | null = null;

  constructor(place: Place | null, now: () => number) {
    this.#place = place;
    this.#now = now;
  }

  read(conversationId: ConversationId): string {
    return this.#drafts.get(conversationId)?.text ?? '';
  }

  write(conversationId: ConversationId, text: string): void {
    const at = this.#now();
    this.#typed = { conversationId, at };
    // The map is in the order of writing: the first is the one to make room.
    this.#drafts.delete(conversationId);
    if (text !== '') this.#drafts.set(conversationId, { text, at });
    this.#keep(conversationId);
    const [oldest] = this.#drafts.keys();
    if (this.#drafts.size <= MAX_DRAFTS || oldest === undefined) return;
    this.#drafts.delete(oldest);
    this.#keep(oldest);
  }

  /** Shows an operator's drafts. What this tab holds of theirs goes on, though another tab has signed out meanwhile. */
  open(operatorId: OperatorId): void {
    if (this.#owner !== operatorId) this.#drafts = new Map();
    this.#owner = operatorId;
    for (const [conversationId, draft] of this.#kept(operatorId)) {
      if (draft.at >= (this.#drafts.get(conversationId)?.at ?? 0)) this.#drafts.set(conversationId, draft);
    }
    for (const conversationId of this.#drafts.keys()) this.#keep(conversationId);
  }

  /** Forgets all, here and in the browser. */
  forget(): void {
    const gone = [...this.#drafts.keys()];
    this.#drafts = new Map();
    for (const conversationId of gone) this.#keep(conversationId);
    this.#owner = null;
  }

  /** Takes over what another tab wrote. Answers whether that changed anything. */
  hear(key: string, value: string | null): boolean {
    const prefix = `${KEPT_AS}.${this.#owner}.`;
    if (this.#owner === null || !key.startsWith(prefix)) return false;
    const conversationId = key.slice(prefix.length);
    const typed = this.#typed;
    if (typed?.conversationId === conversationId && this.#now() - typed.at < TYPING_HERE_MS) return false;
    const draft = parsed(value);
    if (draft?.text === this.#drafts.get(conversationId)?.text) return false;
    if (draft) this.#drafts.set(conversationId, draft);
    else this.#drafts.delete(conversationId);
    return true;
  }

  #kept(operatorId: OperatorId): [ConversationId, Draft][] {
    const prefix = `${KEPT_AS}.${operatorId}.`;
    const keys = Array.from({ length: this.#place?.length ?? 0 }, (_, index) => this.#place?.key(index) ?? '');
    return keys
      .filter((key) => key.startsWith(prefix))
      .flatMap((key): [ConversationId, Draft][] => {
        const draft = parsed(this.#place?.getItem(key) ?? null);
        return draft ? [[key.slice(prefix.length), draft]] : [];
      })
      .toSorted(([, a], [, b]) => a.at - b.at);
  }

  /** Storage may be off or full: then the text lives as long as the page. */
  #keep(conversationId: ConversationId): void {
    if (this.#owner === null) return;
    const key = `${KEPT_AS}.${this.#owner}.${conversationId}`;
    const draft = this.#drafts.get(conversationId);
    try {
      if (draft) this.#place?.setItem(key, JSON.stringify(draft));
      else this.#place?.removeItem(key);
    } catch {
      // Nothing is lost as long as the page stays.
    }
  }
}

/** Null for what is gone, and for what nobody of ours has written. */
function parsed(value: string | null): Draft | null {
  try {
    const { text, at } = JSON.parse(value ?? '{}') as Partial<Draft>;
    return typeof text === 'string' && typeof at === 'number' ? { text, at } : null;
  } catch {
    return null;
  }
}

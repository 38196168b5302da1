import type { ConversationId, OperatorId } from '@sala/contracts';

/** Drafts of one operator. The one not touched for longest makes room. */
export const MAX_DRAFTS = 100;

/** A text that is being typed here is not replaced by what another tab says. */
const TYPING_HERE_MS = 2_000;

/** For so long an empty text tells the other tabs that it was sent or deleted; a key that is not there tells nothing. */
const EMPTY_KEPT_MS = 60_000;

const KEPT_AS = 'sala.draft';

interface Draft {
  text: string;
  /** In milliseconds of this device. */
  at: number;
}

type Place = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface DraftBookDeps {
  /** Null where storage is off. */
  place: Place | null;
  now: () => number;
  /** Calls once, later. */
  after: (ms: number, call: () => void) => void;
  /** Another tab has changed a text. */
  onHeard: () => void;
}

/**
 * What one operator has typed and not sent, by conversation. All tabs of the browser have the same, each text under
 * a key of its own so that they do not overwrite each other's. It ends with the sign-in.
 */
export class DraftBook {
  readonly #deps: DraftBookDeps;
  readonly #heardLater = new Set<string>();
  #owner: OperatorId | null = null;
  #drafts = new Map<ConversationId, Draft>();
  #typed: { conversationId: ConversationId; at: number } | null = null;

  constructor(deps: DraftBookDeps) {
    this.#deps = deps;
  }

  read(conversationId: ConversationId): string {
    return this.#drafts.get(conversationId)?.text ?? '';
  }

  write(conversationId: ConversationId, text: string): void {
    const at = this.#deps.now();
    this.#typed = { conversationId, at };
    // The map is in the order of writing: the first is the one to make room.
    this.#drafts.delete(conversationId);
    if (text === '') {
      this.#tellEmpty(conversationId, at);
      return;
    }
    this.#drafts.set(conversationId, { text, at });
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
    for (const [conversationId, draft] of this.#kept()) {
      const isNewer = draft.at >= (this.#drafts.get(conversationId)?.at ?? 0);
      if (isNewer) this.#take(conversationId, draft);
      if (draft.text === '' && this.#deps.now() - draft.at > EMPTY_KEPT_MS) this.#drop(conversationId);
    }
    for (const conversationId of this.#drafts.keys()) this.#keep(conversationId);
  }

  /** Forgets all, here and in the browser. */
  forget(): void {
    for (const [conversationId] of this.#kept()) this.#drop(conversationId);
    this.#drafts = new Map();
    this.#owner = null;
  }

  /**
   * Takes over what another tab wrote over `removed`. What is being typed here stays, unless it is exactly what was
   * taken away, as by sending it; the others are heard again when the hand rests. A key that is gone takes nothing
   * away: another tab has signed out, and may have done so before the sign-in that stands here.
   */
  hear(key: string, value: string | null, removed: string | null): void {
    const prefix = this.#keyOf('');
    if (this.#owner === null || !key.startsWith(prefix)) return;
    const conversationId = key.slice(prefix.length);
    const [draft, held] = [parsed(value), this.read(conversationId)];
    if (!draft || draft.text === held) return;
    const isTakenAway = draft.text === '' && parsed(removed)?.text === held;
    if (this.#isTyping(conversationId) && !isTakenAway) {
      this.#hearLater(key);
      return;
    }
    this.#take(conversationId, draft);
    this.#deps.onHeard();
  }

  #take(conversationId: ConversationId, draft: Draft): void {
    if (draft.text === '') this.#drafts.delete(conversationId);
    else this.#drafts.set(conversationId, draft);
  }

  #isTyping(conversationId: ConversationId): boolean {
    const typed = this.#typed;
    return typed?.conversationId === conversationId && this.#deps.now() - typed.at < TYPING_HERE_MS;
  }

  #hearLater(key: string): void {
    if (this.#heardLater.has(key)) return;
    this.#heardLater.add(key);
    this.#deps.after(TYPING_HERE_MS, () => {
      this.#heardLater.delete(key);
      this.hear(key, this.#deps.place?.getItem(key) ?? null, null);
    });
  }

  /** What the browser has of the owner's, the oldest first. */
  #kept(): [ConversationId, Draft][] {
    const prefix = this.#keyOf('');
    const { place } = this.#deps;
    const keys = Array.from({ length: place?.length ?? 0 }, (_, index) => place?.key(index) ?? '');
    return keys
      .filter((key) => key.startsWith(prefix))
      .flatMap((key): [ConversationId, Draft][] => {
        const draft = parsed(place?.getItem(key) ?? null);
        return draft ? [[key.slice(prefix.length), draft]] : [];
      })
      .toSorted(([, a], [, b]) => a.at - b.at);
  }

  #tellEmpty(conversationId: ConversationId, at: number): void {
    const [key, empty] = [this.#keyOf(conversationId), JSON.stringify({ text: '', at })];
    this.#tryTo((place) => place.setItem(key, empty));
    this.#deps.after(EMPTY_KEPT_MS, () => {
      this.#tryTo((place) => place.getItem(key) === empty && place.removeItem(key));
    });
  }

  #keep(conversationId: ConversationId): void {
    const draft = this.#drafts.get(conversationId);
    if (!draft) this.#drop(conversationId);
    else this.#tryTo((place) => place.setItem(this.#keyOf(conversationId), JSON.stringify(draft)));
  }

  #drop(conversationId: ConversationId): void {
    this.#tryTo((place) => place.removeItem(this.#keyOf(conversationId)));
  }

  #keyOf(conversationId: ConversationId): string {
    return `${KEPT_AS}.${this.#owner}.${conversationId}`;
  }

  /** Storage may be off or full: then the text lives as long as the page, and nothing is lost as long as that stays. */
  #tryTo(act: (place: Place) => unknown): void {
    if (this.#owner === null || !this.#deps.place) return;
    try {
      act(this.#deps.place);
    } catch {
      // As said above.
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

import type { ConversationId, InboxChange, InboxCounts } from '@sala/contracts';

/** Who has not read so many changes fetches the list again. */
const MAX_CHANGES = 1_000;

/** What one follower has not been told yet: at most one change per conversation, and the newest counts. */
export class Untold {
  #changes = new Map<ConversationId, InboxChange>();
  #counts: InboxCounts | null = null;
  #isBroken = false;
  #wake: (() => void) | null = null;

  put(change: InboxChange): void {
    if (change.type === 'counts') this.#counts = change.counts;
    else if (change.type === 'resync') this.#break();
    else this.#changes.set(change.type === 'row' ? change.row.conversationId : change.conversationId, change);
    if (this.#changes.size > MAX_CHANGES) this.#break();
    this.#wake?.();
  }

  take(): InboxChange[] {
    const counts: InboxChange[] = this.#counts ? [{ type: 'counts', counts: this.#counts }] : [];
    const broken: InboxChange[] = this.#isBroken ? [{ type: 'resync' }] : [];
    const taken = [...broken, ...this.#changes.values(), ...counts];
    this.#isBroken = false;
    this.#changes = new Map();
    this.#counts = null;
    return taken;
  }

  /** Resolves when there is something to take, or when somebody wakes it. */
  async filled(): Promise<void> {
    if (this.#changes.size > 0 || this.#counts || this.#isBroken) return;
    await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = null;
  }

  wake(): void {
    this.#wake?.();
  }

  #break(): void {
    this.#changes.clear();
    this.#isBroken = true;
  }
}

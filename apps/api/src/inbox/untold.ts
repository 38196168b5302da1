import type { ConversationId, InboxChange, InboxCounts } from '@sala/contracts';
import type { Untold } from '../wire/audience.ts';

/** Who is not told so many changes one by one fetches the list again. */
export const MAX_CHANGES = 1_000;

/** What one follower of a list has not been told yet: at most one change per conversation, and the newest counts. */
export class UntoldRows implements Untold<InboxChange> {
  #changes = new Map<ConversationId, InboxChange>();
  #counts: InboxCounts | null = null;
  #isBroken = false;

  put(change: InboxChange): void {
    if (change.type === 'counts') this.#counts = change.counts;
    else if (change.type === 'resync') this.#break();
    else this.#changes.set(change.type === 'row' ? change.row.conversationId : change.conversationId, change);
    if (this.#changes.size > MAX_CHANGES) this.#break();
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

  #break(): void {
    this.#changes.clear();
    this.#isBroken = true;
  }
}

import type { ConversationId, InboxView } from '@sala/contracts';
import { type InboxPages, patchInbox, type RowChange, rowChangeId, rowChangeSeq } from './patchInbox.ts';

/** A page is read in far less; what changed longer ago is in it. */
const KEPT = 500;

/**
 * The newest change of each row since the stream began. A page that was read before a change may arrive after it:
 * it is brought up to date by what is kept here.
 */
export class RecentChanges {
  readonly #changes = new Map<ConversationId, RowChange>();

  note(change: RowChange): void {
    const conversationId = rowChangeId(change);
    const known = this.#changes.get(conversationId);
    if (known && rowChangeSeq(known) >= rowChangeSeq(change)) return;
    this.#changes.delete(conversationId);
    this.#changes.set(conversationId, change);
    const oldest = this.#changes.keys().next();
    if (this.#changes.size > KEPT && !oldest.done) this.#changes.delete(oldest.value);
  }

  applyTo(pages: InboxPages, view: InboxView): InboxPages {
    let patched = pages;
    for (const change of this.#changes.values()) patched = patchInbox(patched, change, view);
    return patched;
  }
}

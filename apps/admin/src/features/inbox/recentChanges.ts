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

  /** Answers whether it is news: one that is heard again, or late, would bring back a row that has left. */
  note(change: RowChange): boolean {
    const conversationId = rowChangeId(change);
    const known = this.#changes.get(conversationId);
    if (known && rowChangeSeq(known) >= rowChangeSeq(change)) return false;
    this.#changes.delete(conversationId);
    this.#changes.set(conversationId, change);
    const oldest = this.#changes.keys().next();
    if (this.#changes.size > KEPT && !oldest.done) this.#changes.delete(oldest.value);
    return true;
  }

  applyTo(pages: InboxPages, view: InboxView): InboxPages {
    const held = new Map(pages.pages.flatMap((page) => page.rows).map((row) => [row.conversationId, row.seq]));
    let patched = pages;
    for (const [conversationId, change] of this.#changes) {
      // Nearly every change is in the pages already: only the others are worth a new list.
      const seq = held.get(conversationId);
      const isKnown = seq === undefined ? change.type === 'gone' : seq >= rowChangeSeq(change);
      if (!isKnown) patched = patchInbox(patched, change, view);
    }
    return patched;
  }
}

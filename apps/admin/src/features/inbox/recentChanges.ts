import type { ConversationId, InboxView } from '@sala/contracts';
import { queryClient } from '../../lib/queryClient.ts';
import { type InboxPages, patchInbox, type RowChange, rowChangeId, rowChangeSeq } from './patchInbox.ts';

/** A page is read in far less; what changed longer ago is in it. */
const KEPT = 500;

/**
 * The newest change of each row since the stream began. A page that was read before a change may arrive after it:
 * it is brought up to date by what is kept here.
 */
export class RecentChanges {
  readonly #changes = new Map<ConversationId, RowChange>();
  /** The newest number that was heard of each row, on this stream or on one before. */
  readonly #heard = new Map<ConversationId, number>();

  /** Answers whether it is news: one that is heard again, or late, would bring back a row that has left. */
  note(change: RowChange): boolean {
    const conversationId = rowChangeId(change);
    const known = this.#heard.get(conversationId);
    if (known !== undefined && known >= rowChangeSeq(change)) return false;
    keepNewest(this.#heard, conversationId, rowChangeSeq(change));
    keepNewest(this.#changes, conversationId, change);
    return true;
  }

  /** The stream has begun again: what came between was not heard, so no page is brought up to what was heard before. */
  beginAgain(): void {
    this.#changes.clear();
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

function keepNewest<Value>(kept: Map<ConversationId, Value>, conversationId: ConversationId, value: Value): void {
  kept.delete(conversationId);
  kept.set(conversationId, value);
  const oldest = kept.keys().next();
  if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value);
}

const INBOX = 'inbox';
const ofViews = new Map<InboxView, RecentChanges>();

/** Where a list is held. */
export const inboxKey = (view: InboxView) => [INBOX, view] as const;

/** What is kept beside the list of that view. */
export function recentChanges(view: InboxView): RecentChanges {
  const known = ofViews.get(view) ?? new RecentChanges();
  ofViews.set(view, known);
  return known;
}

// They go with the list they belong to: whoever signs in next hears nothing of it.
queryClient.getQueryCache().subscribe(({ type, query: { queryKey } }) => {
  if (type === 'removed' && queryKey[0] === INBOX) ofViews.delete(queryKey[1] as InboxView);
});

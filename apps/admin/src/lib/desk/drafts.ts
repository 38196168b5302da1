import type { ConversationId, OperatorId } from '@sala/contracts';
import { useSyncExternalStore } from 'react';
import { DraftBook } from './draftBook.ts';
import { comeHere, leaveHere } from './here.ts';

const listeners = new Set<() => void>();
const changed = () => listeners.forEach((each) => each());
const book = new DraftBook({
  place: storage(),
  now: Date.now,
  after: (ms, call) => void setTimeout(call, ms),
  onHeard: changed,
});

if (typeof window !== 'undefined') {
  window.addEventListener('storage', ({ key, newValue, oldValue, storageArea }) => {
    if (storageArea === localStorage && key !== null) book.hear(key, newValue, oldValue);
  });
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function keepDraft(conversationId: ConversationId, text: string): void {
  book.write(conversationId, text);
  changed();
}

/** What is written here from now on is this operator's; somebody else's is not shown. */
export function keepDraftsFor(operatorId: OperatorId): void {
  comeHere(operatorId);
  book.open(operatorId);
  changed();
}

/** Forgets what was typed in this browser, with the sign-in. A tab that shows the sign-in sheet keeps its own. */
export function forgetDrafts(): void {
  leaveHere();
  book.forget();
  changed();
}

/** What was typed and not sent, in whichever tab. */
export const draftIn = (conversationId: ConversationId): string => book.read(conversationId);

export const useDraft = (conversationId: ConversationId): string =>
  useSyncExternalStore(listen, () => draftIn(conversationId));

/** Reaching for the storage alone throws where it is off. */
function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

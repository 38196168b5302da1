import type { ConversationId } from '@sala/contracts';
import { useSyncExternalStore } from 'react';

/** What was typed and not sent, by conversation. Kept while the tab lives. */
const drafts = new Map<ConversationId, string>();
const listeners = new Set<() => void>();

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function keepDraft(conversationId: ConversationId, text: string): void {
  if (text === '') drafts.delete(conversationId);
  else drafts.set(conversationId, text);
  listeners.forEach((each) => each());
}

export const forgetDrafts = (): void => drafts.clear();

export const useDraft = (conversationId: ConversationId): string =>
  useSyncExternalStore(listen, () => drafts.get(conversationId) ?? '');

import type { ConversationId, OperatorId } from '@sala/contracts';
import { useSyncExternalStore } from 'react';
import { forgetKept, keepFor, KeptMap } from './kept.ts';

/** What was typed and not sent, by conversation. */
const drafts = new KeptMap<string>('drafts');
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

/** What is written here from now on is this operator's; somebody else's is forgotten. */
export function keepDraftsFor(operatorId: OperatorId): void {
  keepFor(operatorId);
  listeners.forEach((each) => each());
}

export const forgetDrafts = (): void => forgetKept();

export const useDraft = (conversationId: ConversationId): string =>
  useSyncExternalStore(listen, () => drafts.get(conversationId) ?? '');

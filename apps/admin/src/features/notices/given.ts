import type { Notice } from '@sala/contracts';
import { useSyncExternalStore } from 'react';

export type Given = Extract<Notice, { type: 'given' }>;

/** Of more, the oldest go untold: they are in the list of one's own all the same. */
const MAX_UNTOLD = 10;

let untold: readonly Given[] = [];
/** How many have come since the page began. */
let count = 0;
const listeners = new Set<() => void>();

function become(next: readonly Given[]): void {
  untold = next;
  listeners.forEach((each) => each());
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const others = (conversationId: string) => untold.filter((one) => one.conversationId !== conversationId);

/** The newest word about a conversation is the one that counts. */
export function givenHeard(given: Given): void {
  count += 1;
  become([...others(given.conversationId), given].slice(-MAX_UNTOLD));
}

export const givenSeen = (conversationId: string): void => become(others(conversationId));

export const forgetGiven = (): void => become([]);

/** The one that is told now. */
export const useGiven = (): Given | null => useSyncExternalStore(listen, () => untold[0] ?? null);

export const useGivenCount = (): number => useSyncExternalStore(listen, () => count);

import type { ConversationId } from '@sala/contracts';

/** How long an act waits for its room to be live before it is tried anyway. */
const PATIENCE_MS = 5_000;

/** Which rooms this tab follows live. The server lets only those act who see what they act on. */
const joined = new Set<ConversationId>();
const waiting = new Map<ConversationId, Set<() => void>>();

export function roomJoined(conversationId: ConversationId): void {
  joined.add(conversationId);
  waiting.get(conversationId)?.forEach((go) => go());
  waiting.delete(conversationId);
}

export const roomLeft = (conversationId: ConversationId): boolean => joined.delete(conversationId);

export const isJoined = (conversationId: ConversationId): boolean => joined.has(conversationId);

/** Resolves when the room is live, or when patience ends: then the server's answer says what is wrong. */
export function whenJoined(conversationId: ConversationId): Promise<void> {
  if (joined.has(conversationId)) return Promise.resolve();
  return new Promise((resolve) => {
    const goers = waiting.get(conversationId) ?? new Set();
    const go = () => {
      clearTimeout(timer);
      goers.delete(go);
      resolve();
    };
    const timer = setTimeout(go, PATIENCE_MS);
    waiting.set(conversationId, goers.add(go));
  });
}

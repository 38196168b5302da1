import type { ConversationId, InboxRow, OperatorId, RoomEvent, Shelf } from '@sala/contracts';

/** What is said on each topic. Everything here is also in the database: a message lost, doubled or late harms nobody. */
export type Topics = {
  /** Events just recorded in one conversation, contiguous. The topic's key is the conversation. */
  room: { conversationId: ConversationId; events: readonly RoomEvent[] };
  /** A conversation's row changed; `before` is where the row was (nowhere, when it is new), so that lists which lose it can tell. */
  inbox: { row: InboxRow; before: { shelf: Shelf; operatorId: OperatorId | null } | null };
};

/**
 * Tells everybody who listens what has just happened. A hint, never the only copy: whoever misses one finds the
 * same in the log. Listening has begun by the time `listen` returns.
 */
export interface Bus {
  publish<T extends keyof Topics>(topic: T, key: string, message: Topics[T]): void;
  /** Calls `heard` for each message under the key until the answer is called. */
  listen<T extends keyof Topics>(topic: T, key: string, heard: (message: Topics[T]) => void): () => void;
}

/** The key of topics that concern the whole desk. */
export const DESK = 'desk';

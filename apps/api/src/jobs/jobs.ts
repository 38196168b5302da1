import type { ConversationId } from '@sala/contracts';

/** Work that is done in the background, on durable jobs. Asking twice harms nobody: who delivers holds the conversation meanwhile. */
export interface Jobs {
  /** Sends what the conversation owes to LINE, as soon as may be. Asked after the commit; the sweep covers a crash in between. */
  wakeDelivery(conversationId: ConversationId): void;
  /** The same, not before `at`. Asked by who holds the conversation: an earlier time for it counts no longer. */
  deliverAt(conversationId: ConversationId, at: Date): Promise<void>;
  /** The same, asked by who found the conversation held by another or not yet due: a time that it already has stays. */
  lookAgainAt(conversationId: ConversationId, at: Date): Promise<void>;
  /** Asks LINE who the customer is. */
  fetchProfile(conversationId: ConversationId): Promise<void>;
}

/** What the jobs do: given when the runner starts. */
export type Tasks = {
  /** Between two messages it may be told that this server stops: then the rest is wished for anew. */
  deliver: (conversationId: ConversationId, stopping: AbortSignal) => Promise<void>;
  fetchProfile: (conversationId: ConversationId) => Promise<void>;
};

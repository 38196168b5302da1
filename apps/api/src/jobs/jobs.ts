import type { ConversationId } from '@sala/contracts';

/** Work that is done in the background, on durable jobs. Each is named by its conversation: asking twice does it once. */
export interface Jobs {
  /** Sends what the conversation owes to LINE, as soon as may be. Asked after the commit; the sweep covers a crash in between. */
  wakeDelivery(conversationId: ConversationId): void;
  /** The same, not before `at`. */
  deliverAt(conversationId: ConversationId, at: Date): Promise<void>;
  /** Asks LINE who the customer is. */
  fetchProfile(conversationId: ConversationId): Promise<void>;
}

/** What the jobs do: given when the runner starts. */
export type Tasks = {
  deliver: (conversationId: ConversationId) => Promise<void>;
  fetchProfile: (conversationId: ConversationId) => Promise<void>;
};

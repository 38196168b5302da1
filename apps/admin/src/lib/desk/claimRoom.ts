import type { ConversationId, RoomState } from '@sala/contracts';
import { api } from '../live/api.ts';
import { whenJoined } from './joined.ts';

/** Claims a conversation as soon as its room is live: nobody takes what they do not see. */
export async function claimRoom(conversationId: ConversationId): Promise<RoomState> {
  await whenJoined(conversationId);
  return api.room.claim.mutate({ conversationId });
}

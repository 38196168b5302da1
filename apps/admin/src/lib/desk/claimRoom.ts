import type { ConversationId, RoomState, SessionId } from '@sala/contracts';
import { api } from '../live/api.ts';
import { inRoom } from './inRoom.ts';

/** Claims a conversation as soon as its room is live. `sessionId` is the one on the screen: another one is not taken for it. */
export const claimRoom = (conversationId: ConversationId, sessionId?: SessionId): Promise<RoomState> =>
  inRoom(conversationId, () => api.room.claim.mutate({ conversationId, sessionId }));

import type { ConversationId } from '@sala/contracts';
import { queryClient } from '../queryClient.ts';
import { refusalOf } from '../problem.ts';
import { enterRoom } from './enterRoom.ts';
import { whenJoined } from './joined.ts';

/**
 * Acts on a conversation as soon as its room is live: nobody decides on what they do not see. Who is found outside
 * enters again, once. Where the conversation has moved on (STALE) the room is fetched anew, and the act is not repeated.
 */
export async function inRoom<Answer>(conversationId: ConversationId, act: () => Promise<Answer>): Promise<Answer> {
  await whenJoined(conversationId);
  try {
    return await act();
  } catch (error) {
    const code = refusalOf(error)?.code;
    if (code === 'STALE') void queryClient.invalidateQueries({ queryKey: ['room', conversationId] });
    if (code !== 'NOT_IN_ROOM') throw error;
  }
  const leave = await enterRoom(conversationId, true);
  try {
    return await act();
  } finally {
    leave();
  }
}

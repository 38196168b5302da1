import type { ConversationId, RoomView } from '@sala/contracts';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/live/api.ts';

/** A room: fetched once, then folded forward by its stream. */
export const roomQuery = (conversationId: ConversationId) =>
  queryOptions({
    queryKey: ['room', conversationId],
    queryFn: (): Promise<RoomView> => api.room.get.query({ conversationId }),
    structuralSharing: (held, fetched) => newer(held as RoomView | undefined, fetched as RoomView),
    gcTime: 30 * 60_000,
  });

/** A slow answer must not undo the events that arrived while it was on its way. */
const newer = (held: RoomView | undefined, fetched: RoomView) => (held && held.seq > fetched.seq ? held : fetched);

/**
 * Fetches the room and forgets what was held, also where that was further: the server says that its log is not the one
 * it came from. @throws when the room cannot be fetched; what was held stays then.
 */
export async function fetchRoomAnew(queryClient: QueryClient, conversationId: ConversationId): Promise<void> {
  const data = await api.room.get.query({ conversationId });
  const { queryKey } = roomQuery(conversationId);
  queryClient.getQueryCache().find({ queryKey })?.setState({ data, dataUpdatedAt: Date.now() });
}

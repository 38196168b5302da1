import { type ConversationId, prependHistory, ROOM_PAGE, type RoomView } from '@sala/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/live/api.ts';
import { roomQuery } from './roomQuery.ts';

/** Reads further back. `older` is null at the beginning of the conversation, and while a page is on its way. */
export function useHistory(room: RoomView) {
  const queryClient = useQueryClient();
  const { conversationId, fromSeq } = room;
  const { mutate, isPending, isError } = useMutation({
    mutationFn: (from: { conversationId: ConversationId; before: number }) =>
      api.room.history.query({ ...from, limit: ROOM_PAGE }),
    onSuccess: (events, from) =>
      queryClient.setQueryData(roomQuery(from.conversationId).queryKey, (held) => {
        if (!held) return held;
        const longer = prependHistory(held, events);
        // A short page is the last one, whatever its first number is.
        return events.length < ROOM_PAGE ? { ...longer, fromSeq: 1 } : longer;
      }),
  });
  const isWhole = fromSeq <= 1;
  return {
    older: isWhole || isPending ? null : () => mutate({ conversationId, before: fromSeq }),
    isWhole,
    busy: isPending,
    failed: isError,
  };
}

import type { ConversationId, InboxView } from '@sala/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { inboxQuery, rowsOf } from '../features/inbox/inboxQuery.ts';
import type { Winner } from '../features/room/acts/useClaim.ts';
import { visibleName } from '../lib/format/visible.ts';
import { tellLostRace } from '../lib/desk/lostRace.ts';

/** After a lost race in the queue the desk goes on to the next who waits, and says whom it missed. */
export function useGoOn(view: InboxView) {
  const queryClient = useQueryClient();

  return (lost: ConversationId, winner: Winner, open: (conversationId: ConversationId) => void): void => {
    const rows = rowsOf(queryClient.getQueryData(inboxQuery('waiting').queryKey));
    const row = rows.find((each) => each.conversationId === lost) ?? null;
    const next = view === 'waiting' ? rows.find((each) => each.conversationId !== lost) : undefined;
    tellLostRace({
      conversationId: lost,
      customerName: visibleName(row?.head.customer.displayName) ?? '',
      winnerId: winner.operatorId,
      winnerName: winner.name,
      row,
      wentOnTo: next?.conversationId ?? null,
    });
    if (next) open(next.conversationId);
  };
}

import type { ConversationId, InboxRow } from '@sala/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { claimRoom } from '../../lib/desk/claimRoom.ts';
import { tellLostRace } from '../../lib/desk/lostRace.ts';
import { visibleName } from '../../lib/format/visible.ts';
import { type Problem, problemOf, refusalOf } from '../../lib/problem.ts';
import { inboxQuery, rowsOf } from './inboxQuery.ts';

/** How often in a row somebody may be faster before the hand is given back. */
const TRIES = 5;

/** Takes the longest wait; when a colleague is faster, the next one. Null while nobody waits, the desk is not live, or one is being taken. */
export function useTakeNext(open: (conversationId: ConversationId) => void, mayTake: boolean) {
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const take = async () => {
    setProblem(null);
    setBusy(true);
    const tried = new Set<ConversationId>();
    const next = (): InboxRow | undefined =>
      rowsOf(queryClient.getQueryData(inboxQuery('waiting').queryKey)).find((row) => !tried.has(row.conversationId));
    try {
      for (let row = next(); row && tried.size < TRIES; row = next()) {
        tried.add(row.conversationId);
        open(row.conversationId);
        try {
          await claimRoom(row.conversationId, row.head.session?.sessionId);
          return;
        } catch (error) {
          const refusal = refusalOf(error);
          if (refusal?.code === 'SESSION_CLOSED') continue;
          if (refusal?.code !== 'ALREADY_CLAIMED') throw error;
          const { conversationId } = row;
          tellLostRace({
            conversationId,
            customerName: visibleName(row.head.customer.displayName) ?? '',
            winnerId: refusal.operatorId,
            winnerName: refusal.name,
            row,
            wentOnTo: next()?.conversationId ?? null,
          });
        }
      }
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };

  return { takeNext: mayTake && !busy ? () => void take() : null, problem, forget: () => setProblem(null) };
}

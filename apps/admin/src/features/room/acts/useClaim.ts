import { may, type RoomView } from '@sala/contracts';
import { useMe } from '../../../lib/desk/me.ts';
import { claimRoom } from '../../../lib/desk/claimRoom.ts';
import { useAct } from '../../../lib/desk/useAct.ts';
import { useMayAct } from '../../../lib/live/connection.ts';
import { refusalOf } from '../../../lib/problem.ts';

export interface Winner {
  operatorId: string;
  name: string;
}

/** Claims this room. `run` is null unless it waits or the bot has it, and the desk is live. Losing the race is told to `onLost`, not as a problem. */
export function useClaim(room: RoomView, onLost: (winner: Winner) => void) {
  const me = useMe();
  const { conversationId, head } = room;
  const mayAct = useMayAct();
  return useAct(
    mayAct && may(me, 'session.claim', head.session)
      ? async () => {
          try {
            return await claimRoom(conversationId, head.session?.sessionId);
          } catch (error) {
            const refusal = refusalOf(error);
            if (refusal?.code !== 'ALREADY_CLAIMED') throw error;
            onLost({ operatorId: refusal.operatorId, name: refusal.name });
            return null;
          }
        }
      : null,
  );
}

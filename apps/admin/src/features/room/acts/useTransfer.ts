import { may, type OperatorId, type RoomView } from '@sala/contracts';
import { useMe } from '../../../lib/desk/me.ts';
import { useAct } from '../../../lib/desk/useAct.ts';
import { api } from '../../../lib/live/api.ts';

/** Passes the session on. `run` is null unless this operator holds it or supervises. */
export function useTransfer({ conversationId, head }: RoomView) {
  const me = useMe();
  return useAct(
    may(me, 'session.transfer', head.session)
      ? (to: { operatorId: OperatorId; note: string }) =>
          api.room.transfer.mutate({ conversationId, to: to.operatorId, note: to.note.trim() })
      : null,
  );
}

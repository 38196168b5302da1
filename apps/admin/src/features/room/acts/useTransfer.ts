import { may, type OperatorId, type RoomView } from '@sala/contracts';
import { inRoom } from '../../../lib/desk/inRoom.ts';
import { useMe } from '../../../lib/desk/me.ts';
import { useAct } from '../../../lib/desk/useAct.ts';
import { api } from '../../../lib/live/api.ts';
import { useMayAct } from '../../../lib/live/connection.ts';

/** Passes the session on. Only who holds it or supervises is allowed to; `run` is also null while the desk is not live. */
export function useTransfer({ conversationId, head }: RoomView) {
  const me = useMe();
  const isAllowed = may(me, 'session.transfer', head.session);
  const act = useAct(
    useMayAct() && isAllowed
      ? (to: { operatorId: OperatorId; note: string }) =>
          inRoom(conversationId, () =>
            api.room.transfer.mutate({
              conversationId,
              sessionId: head.session?.sessionId,
              to: to.operatorId,
              note: to.note.trim(),
            }),
          )
      : null,
  );
  return { ...act, isAllowed };
}

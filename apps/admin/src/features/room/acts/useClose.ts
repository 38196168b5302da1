import { may, type RoomView } from '@sala/contracts';
import { inRoom } from '../../../lib/desk/inRoom.ts';
import { useMe } from '../../../lib/desk/me.ts';
import { useAct } from '../../../lib/desk/useAct.ts';
import { api } from '../../../lib/live/api.ts';
import { useMayAct } from '../../../lib/live/connection.ts';

/** Ends the session. Only who holds it or supervises is allowed to; `run` is also null while the desk is not live. */
export function useClose({ conversationId, head }: RoomView) {
  const me = useMe();
  const isAllowed = may(me, 'session.close', head.session);
  const act = useAct(
    useMayAct() && isAllowed
      ? (reason: string) =>
          inRoom(conversationId, () =>
            api.room.close.mutate({
              conversationId,
              sessionId: head.session?.sessionId,
              reason: reason.trim() || undefined,
            }),
          )
      : null,
  );
  return { ...act, isAllowed };
}

import { may, type RoomView } from '@sala/contracts';
import { useMe } from '../../../lib/desk/me.ts';
import { useAct } from '../../../lib/desk/useAct.ts';
import { api } from '../../../lib/live/api.ts';

/** Ends the session. `run` is null unless this operator holds it or supervises. */
export function useClose({ conversationId, head }: RoomView) {
  const me = useMe();
  return useAct(
    may(me, 'session.close', head.session)
      ? (reason: string) => api.room.close.mutate({ conversationId, reason: reason.trim() || undefined })
      : null,
  );
}

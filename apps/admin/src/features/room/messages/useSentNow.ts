import type { RoomView } from '@sala/contracts';
import { useEffect, useEffectEvent, useState } from 'react';
import { useMe } from '../../../lib/desk/me.ts';

/** Calls `act` when a message of one's own joins the log. What further history brings is not new. */
export function useSentNow(room: Pick<RoomView, 'entries' | 'seq'>, act: () => void): void {
  const { operatorId } = useMe();
  const [openedAt] = useState(room.seq);
  const onSent = useEffectEvent(act);
  const newest = room.entries.findLast(
    (entry) => entry.type === 'message' && entry.author.type === 'operator' && entry.author.operatorId === operatorId,
  );
  const sent = newest && newest.seq > openedAt ? newest.seq : null;

  useEffect(() => {
    if (sent !== null) onSent();
  }, [sent]);
}

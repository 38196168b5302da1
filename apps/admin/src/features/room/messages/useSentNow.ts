import { useEffect, useEffectEvent, useRef } from 'react';
import type { Unsent } from '../../../lib/outbox/useOutbox.ts';

/** Calls `act` when a message has just been written here. Those that were there when the room was opened are not new. */
export function useSentNow({ entries }: Unsent, act: () => void): void {
  const newestAt = entries.reduce((newest, entry) => Math.max(newest, entry.keptAt), 0);
  const seenAt = useRef(newestAt);
  const onSent = useEffectEvent(act);

  useEffect(() => {
    if (newestAt <= seenAt.current) return;
    seenAt.current = newestAt;
    onSent();
  }, [newestAt]);
}

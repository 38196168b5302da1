import type { ConversationId, MessageId, RoomView } from '@sala/contracts';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useMe } from '../desk/me.ts';
import { isVouched, useConnection } from '../live/connection.ts';
import type { Box, BoxView } from './box.ts';
import { boxOf } from './boxOf.ts';
import { going, type OutboxEntry } from './outbox.ts';

/** The outbox of whoever is signed in. */
export const useBox = (): Box => boxOf(useMe().operatorId);

function useBoxView(): BoxView {
  const box = useBox();
  return useSyncExternalStore(box.listen, box.view);
}

/** Keeps the outbox at work. Mounted once, by the desk itself. */
export function useOutbox(): void {
  const box = useBox();
  const isOut = !isVouched(useConnection());
  useEffect(() => box.start(), [box]);
  useEffect(() => box.setOut(isOut), [box, isOut]);
  useEffect(() => {
    const look = () => box.look();
    window.addEventListener('online', look);
    window.addEventListener('focus', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('focus', look);
    };
  }, [box]);
}

/** One's own messages of a conversation that its log does not have yet. */
export interface Unsent {
  entries: readonly OutboxEntry[];
  /** Those of them that the server has: their event is on its way. */
  landing: ReadonlySet<MessageId>;
}

/** One's own messages that a room does not show yet. */
export function useUnsent({ conversationId, seq, deliveries }: RoomView): Unsent {
  const box = useBox();
  const view = useBoxView();
  const arrived = view.unsent.filter((entry) => entry.messageId in deliveries).length + view.landing.length;
  useEffect(() => {
    if (arrived > 0) void box.settle({ conversationId, seq, deliveries });
  }, [box, arrived, conversationId, seq, deliveries]);

  return useMemo(() => {
    const landing = view.landing.filter((one) => one.seq > seq).map((one) => one.entry);
    const isHere = (entry: OutboxEntry) => entry.conversationId === conversationId && !(entry.messageId in deliveries);
    return {
      entries: [...landing, ...view.unsent].filter(isHere),
      landing: new Set(landing.map((entry) => entry.messageId)),
    };
  }, [view, conversationId, seq, deliveries]);
}

/** How many messages of a conversation are not at the server; with `stopped`, how many of them do not go by themselves. */
export function useUnsentCount(conversationId: ConversationId, which: 'unsent' | 'stopped'): number {
  const box = useBox();
  return useSyncExternalStore(
    box.listen,
    () =>
      box
        .view()
        .unsent.filter((one) => one.conversationId === conversationId)
        .filter((one) => which === 'unsent' || one.state.type === 'stopped').length,
  );
}

/** How many messages are kept on this device. */
export const useKeptCount = (): number => useBoxView().unsent.length;

/** How many of them go by themselves as soon as they can. */
export const useGoingCount = (): number => going(useBoxView().unsent).length;

/** How many of them do not go by themselves any more. */
export const useStoppedCount = (): number => useBoxView().unsent.filter(({ state }) => state.type === 'stopped').length;

/** How many messages have just been sent, in order, after a time out of reach: for 4 s. Null otherwise. */
export const useBackNotice = (): number | null => useBoxView().back;

/** Whether what is kept here would outlive the page. */
export const useIsDurable = (): boolean => useBoxView().isDurable;

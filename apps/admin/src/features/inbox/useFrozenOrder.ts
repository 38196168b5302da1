import type { ConversationId, InboxRow, InboxView } from '@sala/contracts';
import { type PointerEvent, useMemo, useState } from 'react';
import { arrange, type Arranged } from './arrange.ts';

const NONE: ReadonlySet<ConversationId> = new Set();

/** Keeps the order of the rows while the pointer is in the list: nothing moves under the hand. */
export function useFrozenOrder(rows: InboxRow[], view: InboxView) {
  const [held, setHeld] = useState<InboxRow[] | null>(null);
  const arranged: Arranged = useMemo(
    () => (held ? arrange(held, rows, view) : { rows, left: NONE, newAbove: 0 }),
    [held, rows, view],
  );
  return {
    ...arranged,
    letIn: () => setHeld((before) => before && rows),
    pointer: {
      onPointerEnter: (event: PointerEvent) => event.pointerType === 'mouse' && setHeld(rows),
      onPointerLeave: () => setHeld(null),
    },
  };
}

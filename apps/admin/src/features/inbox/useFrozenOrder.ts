import type { ConversationId, InboxRow, InboxView } from '@sala/contracts';
import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { arrange, type Arranged } from './arrange.ts';

/** A pointer that rests this long has been left there: the hand is on the keyboard. */
const RESTS_MS = 10_000;

const NONE: ReadonlySet<ConversationId> = new Set();

/** Keeps the order of the rows while the pointer moves in the list: nothing moves under the hand. */
export function useFrozenOrder(rows: InboxRow[], view: InboxView) {
  const [held, setHeld] = useState<InboxRow[] | null>(null);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);

  const arranged: Arranged = useMemo(
    () => (held ? arrange(held, rows, view) : { rows, left: NONE, newAbove: 0 }),
    [held, rows, view],
  );
  const hold = (event: PointerEvent) => {
    if (event.pointerType !== 'mouse') return;
    setHeld((before) => before ?? rows);
    clearTimeout(rest.current);
    rest.current = setTimeout(() => setHeld(null), RESTS_MS);
  };
  const letGo = () => {
    clearTimeout(rest.current);
    setHeld(null);
  };

  return {
    ...arranged,
    letIn: () => setHeld((before) => before && rows),
    pointer: { onPointerEnter: hold, onPointerMove: hold, onPointerLeave: letGo },
  };
}

import type { FollowNotices, Notice } from '@sala/contracts';
import { tracked } from '@trpc/server';
import type { Caller } from '../deps.ts';
import { isSeen } from '../room/seen.ts';

/** Notices that nobody reads are not kept for ever: what they speak of is in the lists, too. */
const MAX_UNTOLD = 100;

/**
 * How the server stands, and then what concerns the caller alone, until `signal` ends it. Every word carries an id: one
 * without would cost the client its place.
 */
export async function* followNotices(
  { bus, build, notices, operator, db, settings }: Caller,
  { lastEventId }: FollowNotices,
  signal: AbortSignal,
) {
  const untold: { id: string; notice: Notice }[] = [];
  let wake: (() => void) | null = null;
  const hear = (word: { id: string; notice: Notice }) => {
    untold.push(word);
    if (untold.length > MAX_UNTOLD) untold.shift();
    wake?.();
  };
  const desk = (): Notice => ({ type: 'desk', build, health: bus.health });
  const unlisten = [
    notices.listen(operator.operatorId, hear),
    bus.onHealth(() => hear({ id: notices.nextId(), notice: desk() })),
  ];
  const end = () => wake?.();
  signal.addEventListener('abort', end, { once: true });
  try {
    const missed = lastEventId === undefined ? [] : notices.after(operator.operatorId, lastEventId);
    yield tracked(lastEventId ?? notices.nextId(), desk());
    for (const { id, notice } of missed) {
      // It may have been taken from them since, and out of their sight.
      const speaks = notice.type !== 'given' || (await isSeen({ db, operator, settings }, notice.conversationId));
      if (speaks) yield tracked(id, notice);
    }
    while (!signal.aborted) {
      for (const { id, notice } of untold.splice(0)) yield tracked(id, notice);
      if (untold.length === 0 && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal.removeEventListener('abort', end);
    for (const each of unlisten) each();
  }
}

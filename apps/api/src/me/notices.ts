import type { Notice } from '@sala/contracts';
import type { Caller } from '../deps.ts';

/** Notices that nobody reads are not kept for ever: what they speak of is in the lists, too. */
const MAX_UNTOLD = 100;

/** How the server stands, and then what concerns the caller alone, until `signal` ends it. */
export async function* followNotices({ bus, build, operator }: Caller, signal: AbortSignal): AsyncGenerator<Notice> {
  const untold: Notice[] = [];
  let wake: (() => void) | null = null;
  const hear = (notice: Notice) => {
    untold.push(notice);
    if (untold.length > MAX_UNTOLD) untold.shift();
    wake?.();
  };
  const unlisten = [
    bus.listen('notice', operator.operatorId, hear),
    bus.onHealth((health) => hear({ type: 'desk', build, health })),
  ];
  const end = () => wake?.();
  signal.addEventListener('abort', end, { once: true });
  try {
    yield { type: 'desk', build, health: bus.health };
    while (!signal.aborted) {
      yield* untold.splice(0);
      if (untold.length === 0 && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal.removeEventListener('abort', end);
    for (const each of unlisten) each();
  }
}

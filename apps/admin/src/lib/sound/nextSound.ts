import type { ConversationId, SoundScope } from '@sala/contracts';

/** Somebody waits for a person; the customer of one's own wrote; a message of one's own did not reach LINE. */
export type DeskSound = 'waits' | 'wrote' | 'failed';

/** What the sounds are about, as one tab knows it. */
export interface Audible {
  /** People waiting; null while the screen cannot vouch for it, or while the operator takes nobody. */
  waiting: number | null;
  /** One's own conversations; null until they are known. */
  mine: ReadonlyMap<ConversationId, { unanswered: number; failed: number }> | null;
  /** Messages on this device that do not go out by themselves any more. */
  stopped: number;
  /** Conversations that colleagues have given to the operator since the page began. */
  given: number;
}

/** What has been heard so far. Times are milliseconds. */
export interface Heard {
  audible: Audible;
  /** The last call for those who wait, and how many there were in a row; null while nobody waits. */
  calls: { at: number; count: number } | null;
  /** When a customer's writing last sounded. */
  wroteAt: number;
}

/** Wanted: which sound, how much louder than usual in steps, and about which conversation. */
export interface NextSound {
  sound: DeskSound;
  step: number;
  about: ConversationId | null;
}

export const CALL_EVERY_MS = 20_000;
/** Calls become louder this often, and stay so. */
export const LOUDER_AT_MOST = 2;
/** A queue that fills does not rattle. */
export const CALL_REST_MS = 4_000;
/** A customer who writes line after line is heard once. */
export const WROTE_REST_MS = 3_000;

export const HEARD_NOTHING: Heard = {
  audible: { waiting: null, mine: null, stopped: 0, given: 0 },
  calls: null,
  wroteAt: -Infinity,
};

/**
 * What sounds now, given what was heard before. Asked after every change and once a second; of several reasons at one
 * time the gravest sounds.
 */
export function nextSound(
  before: Heard,
  audible: Audible,
  { scope, now }: { scope: SoundScope; now: number },
): { heard: Heard; next: NextSound | null } {
  // What is not known now is compared with what was known last: what came meanwhile is news.
  const mine = audible.mine ?? before.audible.mine;
  const calls = callsAfter(before, audible, scope, now);
  const heard = { audible: { ...audible, mine }, calls, wroteAt: before.wroteAt };
  if (scope === 'off') return { heard, next: null };

  const { failed, wrote } = newsOf(before.audible.mine, mine);
  if (failed || audible.stopped > before.audible.stopped) {
    return { heard, next: { sound: 'failed', step: 0, about: failed } };
  }
  if (audible.given > before.audible.given) return { heard, next: { sound: 'waits', step: 0, about: null } };
  if (calls && calls !== before.calls) {
    return { heard, next: { sound: 'waits', step: Math.min(calls.count - 1, LOUDER_AT_MOST), about: null } };
  }
  if (wrote && now - before.wroteAt >= WROTE_REST_MS) {
    return { heard: { ...heard, wroteAt: now }, next: { sound: 'wrote', step: 0, about: wrote } };
  }
  return { heard, next: null };
}

/** The last call for those who wait. The same object when nobody is called now. */
function callsAfter({ audible, calls }: Heard, { waiting }: Audible, scope: SoundScope, now: number): Heard['calls'] {
  if (scope !== 'queue' || waiting === 0) return null;
  if (waiting === null) return calls;
  if (!calls) return { at: now, count: 1 };
  const hasGrown = waiting > (audible.waiting ?? waiting);
  if (hasGrown && now - calls.at >= CALL_REST_MS) return { at: now, count: 1 };
  return now - calls.at >= CALL_EVERY_MS ? { at: now, count: calls.count + 1 } : calls;
}

/** The first of one's own conversations in which something failed, and in which the customer wrote. */
function newsOf(before: Audible['mine'], mine: Audible['mine']) {
  let failed: ConversationId | null = null;
  let wrote: ConversationId | null = null;
  for (const [conversationId, now] of mine ?? []) {
    const known = before?.get(conversationId);
    if (!known) continue;
    if (now.failed > known.failed) failed ??= conversationId;
    if (now.unanswered > known.unanswered) wrote ??= conversationId;
  }
  return { failed, wrote };
}

import type { ConversationId, MessageId, OperatorId, Refusal, SendableContent } from '@sala/contracts';
import type { Problem } from '../problem.ts';

/** Unsent messages of one operator. Who has this many has not been heard for a long time: more would not help them. */
export const MAX_UNSENT = 100;

/** How often a message is sent by itself. Afterwards its writer decides. */
export const MAX_TRIES = 3;

/** The pause after a first failure, of which half is left to chance; four times as long after the next. */
const FIRST_PAUSE_MS = 4_000;

/** No pause is longer, whatever the server asks for or the device's clock has done meanwhile. */
const LONGEST_PAUSE_MS = 60_000;

/** No sending takes longer: the page that began it has ended, or sleeps. */
const LONGEST_SENDING_MS = 60_000;

/** A server that asks for no pause is not asked again at once. */
const SHORTEST_PAUSE_MS = 500;

/** How an unsent message stands. */
export type OutboxState =
  /** It has its place, and goes when everything before it in its conversation has gone. */
  | { type: 'kept' }
  /** Asked for at `since`. By a page that has ended, nobody knows what became of it: it is sent again. */
  | { type: 'sending'; since: number }
  /** It goes by itself at `until`, in milliseconds of this device. */
  | { type: 'waiting'; until: number; problem: Problem }
  /** It does not go by itself any more. */
  | { type: 'stopped'; problem: Problem };

/** A message that has a place on this device and is not known to be at the server. */
export interface OutboxEntry {
  /** Made when it was written. Sent twice under it, it is one message. */
  messageId: MessageId;
  /** Who wrote it: nobody else sends it. */
  operatorId: OperatorId;
  conversationId: ConversationId;
  content: SendableContent;
  /** When it was written, in milliseconds of this device. */
  keptAt: number;
  /** Its place among the operator's unsent messages, growing. It never changes. */
  order: number;
  /** How often it went out and came to nothing. */
  tries: number;
  state: OutboxState;
}

/** What became of one sending. `seq` is the place in the conversation's log that the message got. */
export type Outcome = { type: 'accepted'; seq: number } | Problem;

/** What follows from an {@link Outcome}. */
export type Verdict =
  | { type: 'gone'; seq: number }
  | { type: 'stays'; tries: number; state: OutboxState }
  /** Nothing can be sent until somebody has signed in. */
  | { type: 'signedOut' };

interface Circumstances {
  now: number;
  /** From 0 to 1. */
  chance: number;
}

/** Decides what becomes of a message after a sending. */
export function afterSending(entry: Pick<OutboxEntry, 'tries'>, outcome: Outcome, at: Circumstances): Verdict {
  switch (outcome.type) {
    case 'accepted':
      return { type: 'gone', seq: outcome.seq };
    case 'refused':
      return afterRefusal(entry, outcome.refusal, at);
    case 'unreachable':
    case 'fault':
      return failed(entry, outcome, at, 0);
  }
}

function afterRefusal({ tries }: Pick<OutboxEntry, 'tries'>, refusal: Refusal, at: Circumstances): Verdict {
  const problem: Problem = { type: 'refused', refusal };
  switch (refusal.code) {
    case 'NOT_SIGNED_IN':
    case 'SIGNED_OUT':
      return { type: 'signedOut' };
    case 'RATE_LIMITED':
      // The server did not look at it: that was no try.
      return stays(tries, { type: 'waiting', until: at.now + within(refusal.retryAfterMs), problem });
    case 'UNAVAILABLE':
      return failed({ tries }, problem, at, refusal.retryAfterMs);
    case 'NOT_IN_ROOM':
      return failed({ tries }, problem, at, 0);
    case 'NOT_YOURS':
    case 'SESSION_CLOSED':
    case 'NOT_ALLOWED':
    case 'NOT_FOUND':
    case 'INVALID':
    case 'TOO_LARGE':
    case 'ALREADY_CLAIMED':
    case 'STALE':
      return stays(tries, { type: 'stopped', problem });
  }
}

function failed(entry: Pick<OutboxEntry, 'tries'>, problem: Problem, at: Circumstances, atLeastMs: number): Verdict {
  const tries = entry.tries + 1;
  if (tries >= MAX_TRIES) return stays(tries, { type: 'stopped', problem });
  const pauseMs = Math.max(pauseAfter(tries, at.chance), atLeastMs);
  return stays(tries, { type: 'waiting', until: at.now + within(pauseMs), problem });
}

const stays = (tries: number, state: OutboxState): Verdict => ({ type: 'stays', tries, state });

/** Long enough in sum for a database to come back between the first try and the last. */
const pauseAfter = (tries: number, chance: number): number => (FIRST_PAUSE_MS * 4 ** (tries - 1) * (1 + chance)) / 2;

const within = (ms: number): number => Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, ms));

/** The foremost unsent message of each conversation: the others wait behind it, whatever it waits for. */
export function heads(entries: readonly OutboxEntry[]): OutboxEntry[] {
  const first = new Map<ConversationId, OutboxEntry>();
  for (const entry of entries) {
    const head = first.get(entry.conversationId);
    if (!head || entry.order < head.order) first.set(entry.conversationId, entry);
  }
  return [...first.values()].toSorted((a, b) => a.order - b.order);
}

/** Whether a foremost message may go out now. */
export function isDue({ state }: OutboxEntry, now: number): boolean {
  const at = dueAt(state);
  // A clock that was set back must not keep a message for hours.
  return at !== null && (at <= now || at - now > Math.max(LONGEST_PAUSE_MS, LONGEST_SENDING_MS));
}

/** When the next message becomes due that is not yet; null when none will by itself. */
export function nextDueAt(entries: readonly OutboxEntry[], now: number): number | null {
  const times = heads(entries).flatMap((head) => (isDue(head, now) ? [] : (dueAt(head.state) ?? [])));
  return times.length > 0 ? Math.min(...times) : null;
}

function dueAt(state: OutboxState): number | null {
  switch (state.type) {
    case 'kept':
      return -Infinity;
    case 'sending':
      return state.since + LONGEST_SENDING_MS;
    case 'waiting':
      return state.until;
    case 'stopped':
      return null;
  }
}

/** What stands before a message in its conversation: how many, and whether one of them has stopped. */
export function lineBefore(entry: OutboxEntry, entries: readonly OutboxEntry[]) {
  const before = entries.filter((one) => one.conversationId === entry.conversationId && one.order < entry.order);
  const stopped = before.find((one) => one.state.type === 'stopped');
  return { place: before.length + 1, heldBy: stopped?.state.type === 'stopped' ? stopped.state.problem : null };
}

/** Those that go by themselves sooner or later: neither stopped nor behind one that is. */
export const going = (entries: readonly OutboxEntry[]): OutboxEntry[] =>
  entries.filter((entry) => entry.state.type !== 'stopped' && lineBefore(entry, entries).heldBy === null);

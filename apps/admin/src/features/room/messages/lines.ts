import type { Entry, HandOver, Instant, OperatorId, RoomView } from '@sala/contracts';
import { isSameDay } from '../../../lib/format/time.ts';
import { lineBefore, type OutboxEntry } from '../../../lib/outbox/outbox.ts';
import type { Unsent } from '../../../lib/outbox/useOutbox.ts';
import type { Problem } from '../../../lib/problem.ts';

export type MessageEntry = Extract<Entry, { type: 'message' }>;
export type FactEntry = Extract<Entry, { type: 'fact' }>;

/** One line of the log as it is drawn. */
export type Line =
  | { type: 'day'; key: string; at: Instant }
  | { type: 'session'; key: string; at: Instant; number: number | null; handOver: HandOver }
  | { type: 'fact'; key: string; entry: FactEntry; waitedMs: number | null }
  | {
      type: 'message';
      key: string;
      entry: MessageEntry;
      /** The first of what one person said in a row: it has the corner, the time, and the name if one is shown. */
      startsRun: boolean;
      /** The newest message of the desk: only under it does the log say that it was sent. */
      isNewestOurs: boolean;
    }
  | {
      type: 'unsent';
      /** That of the message it will be: it takes its place without a jump. */
      key: string;
      entry: OutboxEntry;
      /** The server has it, its event is on its way. */
      isLanding: boolean;
      /** Its place in the conversation's line, from 1. */
      place: number;
      /** Why the one that holds it back does not go. */
      heldBy: Problem | null;
      startsRun: boolean;
    };

export type UnsentMessage = Extract<Line, { type: 'unsent' }>;

/** A run is told by the time of its first message, so it lasts no longer than that time holds. */
const RUN_MS = 60_000;

/** Turns the entries of a room into lines: with days, sessions as chapters, and messages in runs. */
export function linesOf({ entries, fromSeq }: Pick<RoomView, 'entries' | 'fromSeq'>): Line[] {
  const lines: Line[] = [];
  const newestOurs = entries.findLast((entry) => entry.type === 'message' && entry.author.type !== 'customer');
  const opened = new Map<string, { at: Instant; steppedIn: OperatorId | null }>();
  let before: Entry | null = null;
  let runStart: MessageEntry | null = null;

  for (const entry of entries) {
    if (!before || !isSameDay(new Date(before.shownAt), new Date(entry.shownAt))) {
      lines.push({ type: 'day', key: `day-${entry.seq}`, at: entry.shownAt });
    }
    if (entry.type === 'message') {
      const startsRun = lines.at(-1)?.type !== 'message' || !continues(runStart, entry);
      if (startsRun) runStart = entry;
      lines.push({ type: 'message', key: entry.messageId, entry, startsRun, isNewestOurs: entry === newestOurs });
    } else {
      const line = factLine(entry, opened, fromSeq);
      if (line) lines.push(line);
    }
    before = entry;
  }
  return lines;
}

/** Messages of one's own that the log does not have yet, below it, in the order in which they go. */
export function unsentLines({ entries, landing }: Unsent, known: readonly Line[]): UnsentMessage[] {
  const going = entries.filter((entry) => !landing.has(entry.messageId));
  let runStartAt = -Infinity;
  return entries.map((entry) => {
    if (runStartAt === -Infinity) runStartAt = ownRunAt(known, entry.operatorId);
    const startsRun = entry.keptAt - runStartAt > RUN_MS;
    if (startsRun) runStartAt = entry.keptAt;
    const isLanding = landing.has(entry.messageId);
    return { type: 'unsent', key: entry.messageId, entry, isLanding, ...lineBefore(entry, going), startsRun };
  });
}

/** When the run began that the log ends with, if it is this operator's. */
function ownRunAt(known: readonly Line[], operatorId: OperatorId): number {
  const last = known.at(-1);
  if (last?.type !== 'message' || last.entry.author.type !== 'operator') return -Infinity;
  if (last.entry.author.operatorId !== operatorId) return -Infinity;
  const start = known.findLast((line) => line.type === 'message' && line.startsRun);
  return start?.type === 'message' ? Date.parse(start.entry.shownAt) : -Infinity;
}

function factLine(
  entry: FactEntry,
  opened: Map<string, { at: Instant; steppedIn: OperatorId | null }>,
  fromSeq: number,
): Line | null {
  const { fact, seq, shownAt } = entry;
  if (fact.type === 'session.opened') {
    const steppedIn = fact.handOver.how === 'operator' ? fact.handOver.operatorId : null;
    opened.set(fact.sessionId, { at: shownAt, steppedIn });
    // Sessions can be counted only when all of them are loaded.
    const number = fromSeq <= 1 ? opened.size : null;
    return { type: 'session', key: `session-${seq}`, at: shownAt, number, handOver: fact.handOver };
  }
  const start = fact.type === 'session.claimed' ? opened.get(fact.sessionId) : undefined;
  // Who stepped in claimed it in the same breath: the chapter's heading has said so.
  if (fact.type === 'session.claimed' && start?.steppedIn === fact.operatorId) return null;
  const waitedMs = start ? Date.parse(shownAt) - Date.parse(start.at) : null;
  return { type: 'fact', key: `fact-${seq}`, entry, waitedMs };
}

function continues(start: MessageEntry | null, entry: MessageEntry): boolean {
  if (!start || start.late || entry.late) return false;
  if (Date.parse(entry.shownAt) - Date.parse(start.shownAt) > RUN_MS) return false;
  const [a, b] = [start.author, entry.author];
  return a.type === 'operator' && b.type === 'operator' ? a.operatorId === b.operatorId : a.type === b.type;
}

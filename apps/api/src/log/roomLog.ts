import {
  type ConversationId,
  refuse,
  RefusalError,
  type RoomEvent,
  type RoomFact,
  type RoomHead,
} from '@sala/contracts';
import { isUnavailable } from '@sala/db';
import type { Actor } from '../audit/auditLog.ts';
import { type Bus, DESK } from '../bus/bus.ts';
import type { Foundation } from '../foundation.ts';
import { type Change, joined, mayJoin, owesDelivery, planChange, type RoomRecord, rowOf } from './change.ts';
import { GroupWriter, type Outcome } from './groupWriter.ts';
import { readOnce, readRoom } from './readLog.ts';

/** What was asked of a conversation. */
export type Request = {
  conversationId: ConversationId;
  /** Names the request, so that hearing it again (a retry, a redelivered webhook) changes nothing. */
  once?: string;
  /** Who asks, where it is somebody of the desk: what they do is written into the audit log with it. */
  by?: Actor;
};

/** The conversation after a request, and the events that the request recorded, now or when it was first heard. */
export type Recorded = RoomRecord & { events: readonly RoomEvent[] };

/** Looks at a conversation and answers with the facts to record: none, if what was asked for is already so. */
export type Decide = (head: RoomHead, seq: number) => RoomFact[];

/** How many conversations' heads a process remembers, so that a message costs one statement. */
const MAX_REMEMBERED = 5_000;

/** How many requests of one conversation are written together. */
const MAX_TOGETHER = 64;

/** PostgreSQL's code for a broken unique index. */
export const UNIQUE_VIOLATION = '23505';

/** Longer than the database works on one statement (packages/db). */
const DOUBT_AGAIN_MS = 20_000;

/** After so many changes by other processes, the row is locked and the decision taken in peace. */
const MAX_OUTRUN = 3;

/** One who waits for an answer. */
type Asked = {
  request: Request;
  decide: Decide;
  answer: (recorded: Recorded) => void;
  refuse: (error: unknown) => void;
};

/** Requests for one conversation, in the order in which they came. */
type Lane = { waiting: Asked[]; outrun: number; alone: number };

/**
 * The one way a conversation changes. Requests for one conversation are answered in the order in which they came; those
 * that came while others were being written are decided one on top of the other and written together. `decide` is
 * synchronous and asks nobody anything; its facts, their projections and the deliveries they owe are written in one
 * statement, which holds only if nobody else wrote in between. A "no", and "nothing to do", are only ever said from
 * a head that was read for this request, never from a remembered one.
 */
export class RoomLog {
  readonly #deps: Pick<Foundation, 'db' | 'bus' | 'jobs' | 'clock'>;
  readonly #writer: GroupWriter;
  readonly #remembered = new Map<ConversationId, RoomRecord>();
  #doubtAgain: NodeJS.Timeout | undefined;
  readonly #lanes = new Map<ConversationId, Lane>();

  constructor(deps: Pick<Foundation, 'db' | 'bus' | 'jobs' | 'clock' | 'newId'>) {
    this.#deps = deps;
    this.#writer = new GroupWriter(deps.db, deps.newId);
  }

  /** @throws RefusalError from `decide`, or NOT_FOUND. */
  change(request: Request, decide: Decide): Promise<Recorded> {
    return new Promise((answer, refuse) => {
      const asked: Asked = { request, decide, answer, refuse };
      const lane = this.#lanes.get(request.conversationId);
      if (lane) return void lane.waiting.push(asked);
      const begun: Lane = { waiting: [asked], outrun: 0, alone: 0 };
      this.#lanes.set(request.conversationId, begun);
      void this.#serve(request.conversationId, begun);
    });
  }

  async #serve(conversationId: ConversationId, lane: Lane): Promise<void> {
    while (lane.waiting.length > 0) {
      try {
        await this.#serveSome(conversationId, lane);
      } catch (error) {
        lane.waiting.shift()!.refuse(error);
      }
    }
    this.#lanes.delete(conversationId);
  }

  /** Answers the first, or the first few, who wait. @throws what is the first one's to hear */
  async #serveSome(conversationId: ConversationId, lane: Lane): Promise<void> {
    const [first] = lane.waiting;
    if (lane.outrun >= MAX_OUTRUN) {
      const recorded = await this.#answerLocked(first!.request, first!.decide);
      lane.outrun = 0;
      return lane.waiting.shift()!.answer(recorded);
    }
    const changes = this.#planTogether(conversationId, lane);
    if (changes.length > 1) return this.#writeTogether(conversationId, lane, changes);
    lane.alone = Math.max(0, lane.alone - 1);
    const recorded = await this.#answerAlone(first!, lane);
    if (recorded) lane.waiting.shift()!.answer(recorded);
  }

  /** What those who wait ask for, each on top of the one before, up to the first that has to be looked at alone. */
  #planTogether(conversationId: ConversationId, lane: Lane): Change[] {
    const changes: Change[] = [];
    let at = this.#remembered.get(conversationId);
    if (!at || lane.alone > 0) return changes;
    for (const { request, decide } of lane.waiting.slice(0, MAX_TOGETHER)) {
      const facts = allowed(() => decide(at!.head, at!.seq));
      if (facts.length === 0) break;
      const change = planChange(at, facts, this.#deps.clock().toISOString(), request);
      if (!mayJoin(change)) break;
      changes.push(change);
      at = change.after;
    }
    return changes;
  }

  async #writeTogether(conversationId: ConversationId, lane: Lane, changes: readonly Change[]): Promise<void> {
    const change = joined(changes);
    try {
      if ((await this.#writer.write(change)) === 'outrun') return this.#outrun(conversationId, lane);
    } catch (error) {
      this.#remembered.delete(conversationId);
      // One of them may have been heard before, or be at fault: each is looked at alone.
      if (!isUnavailable(error)) lane.alone = changes.length;
      else this.#doubt();
      if (isUnavailable(error)) for (const { refuse } of lane.waiting.splice(0, changes.length)) refuse(error);
      return;
    }
    lane.outrun = 0;
    this.#announce(change);
    const answered = lane.waiting.splice(0, changes.length);
    for (const [index, { answer }] of answered.entries()) {
      answer({ ...changes[index]!.after, events: changes[index]!.events });
    }
  }

  /** Null: it has to be looked at again. */
  async #answerAlone({ request, decide }: Asked, lane: Lane): Promise<Recorded | null> {
    const remembered = this.#remembered.get(request.conversationId);
    const known = remembered ?? (await this.#read(request.conversationId));
    const change = await this.#decideOn(known, request, decide, { isFresh: !remembered });
    if (change === 'look again') return null;
    if ('events' in change && 'seq' in change) return change;
    const outcome = await this.#write(change, request);
    if (outcome === 'outrun') {
      this.#outrun(request.conversationId, lane);
      return null;
    }
    lane.outrun = 0;
    return outcome === 'written' ? this.#announce(change) : outcome;
  }

  #outrun(conversationId: ConversationId, lane: Lane): void {
    this.#remembered.delete(conversationId);
    lane.outrun += 1;
  }

  /** The change to write; or the answer, when there is nothing to write; or a wish to see the row itself first. */
  async #decideOn(
    known: RoomRecord,
    request: Request,
    decide: Decide,
    { isFresh }: { isFresh: boolean },
  ): Promise<Change | Recorded | 'look again'> {
    let facts: RoomFact[];
    try {
      facts = decide(known.head, known.seq);
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      if (!isFresh) return this.#forget(known);
      // Heard before, and meanwhile no longer allowed: it was allowed then, and it was done.
      const before = request.once ? await readOnce(this.#deps.db.pool, known.conversationId, request.once) : [];
      if (before.length > 0) return { ...known, events: before };
      throw error;
    }
    if (facts.length > 0) return planChange(known, facts, this.#deps.clock().toISOString(), request);
    if (!isFresh) return this.#forget(known);
    return { ...known, events: [] };
  }

  #forget({ conversationId }: RoomRecord): 'look again' {
    this.#remembered.delete(conversationId);
    return 'look again';
  }

  async #read(conversationId: ConversationId): Promise<RoomRecord> {
    return (await readRoom(this.#deps.db.pool, conversationId)) ?? refuse({ code: 'NOT_FOUND' });
  }

  /** What became of the change; or what its request recorded before, when a unique index says that it has. */
  async #write(change: Change, { conversationId, once }: Request): Promise<Outcome | Recorded> {
    try {
      return await this.#writer.write(change);
    } catch (error) {
      this.#remembered.delete(conversationId);
      if (isUnavailable(error)) this.#doubt();
      // Whichever of its rows was there first: only the request itself tells whether all of them were.
      const isThere = once !== undefined && (error as { code?: string }).code === UNIQUE_VIOLATION;
      const events = isThere ? await readOnce(this.#deps.db.pool, conversationId, once) : [];
      if (events.length === 0) throw error;
      return { ...(await this.#read(conversationId)), events };
    }
  }

  /** The last resort under contention between processes: nobody else writes while this decides. */
  async #answerLocked(request: Request, decide: Decide): Promise<Recorded> {
    const client = await this.#deps.db.pool.connect();
    let isBroken = false;
    try {
      await client.query('begin');
      const room = (await readRoom(client, request.conversationId, 'for update')) ?? refuse({ code: 'NOT_FOUND' });
      const before = request.once ? await readOnce(client, room.conversationId, request.once) : [];
      const facts = before.length > 0 ? [] : decide(room.head, room.seq);
      if (facts.length === 0) {
        await client.query('rollback');
        return { ...room, events: before };
      }
      const change = planChange(room, facts, this.#deps.clock().toISOString(), request);
      await this.#writer.writeLocked(client, change);
      await client.query('commit');
      return this.#announce(change);
    } catch (error) {
      // One that does not answer is not asked to undo anything either: its end undoes it.
      isBroken = isUnavailable(error);
      if (isBroken) this.#doubt();
      if (!isBroken) await client.query('rollback').catch(() => (isBroken = true));
      throw error;
    } finally {
      client.release(isBroken);
    }
  }

  /** After the commit, or there would be nothing to find yet. */
  #announce(change: Change): Recorded {
    const { before, after, events } = change;
    this.#remember(after);
    announce(this.#deps.bus, change);
    if (owesDelivery(change)) this.#deps.jobs.wakeDelivery(before.conversationId);
    return { ...after, events };
  }

  /**
   * The database did not answer: what it was asked to record may be recorded, and nobody was told. It may even be at it
   * still, so everybody looks once more when it has given up.
   */
  #doubt(): void {
    this.#deps.bus.doubt();
    clearTimeout(this.#doubtAgain);
    this.#doubtAgain = setTimeout(() => this.#deps.bus.doubt(), DOUBT_AGAIN_MS);
  }

  close(): void {
    clearTimeout(this.#doubtAgain);
  }

  /** Maps keep the order of insertion: the first key is the one longest unused. */
  #remember(room: RoomRecord): void {
    this.#remembered.delete(room.conversationId);
    this.#remembered.set(room.conversationId, room);
    if (this.#remembered.size > MAX_REMEMBERED) this.#remembered.delete(this.#remembered.keys().next().value!);
  }
}

/** None where it is refused or fails: who asked is told when it is decided alone. */
function allowed(decide: () => RoomFact[]): RoomFact[] {
  try {
    return decide();
  } catch {
    return [];
  }
}

function announce(bus: Bus, { before, after, events }: Change): void {
  bus.publish('room', after.conversationId, { conversationId: after.conversationId, events });
  bus.publish('inbox', DESK, {
    row: rowOf(after),
    before: before.seq === 0 ? null : { session: before.head.session, teamId: before.head.teamId },
  });
}

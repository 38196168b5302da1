import {
  belongs,
  type ConversationId,
  holderOf,
  type InboxChange,
  type InboxView,
  type OperatorId,
  shelfOf,
} from '@sala/contracts';
import { DESK, type Topics } from '../bus/bus.ts';
import type { Foundation } from '../foundation.ts';
import { countsFor, readCounters } from './counts.ts';
import { Untold } from './untold.ts';

/** Changes of one conversation within this time become one. */
const COALESCE_MS = 100;

/** While the other servers are not heard, lists are fetched again this often: what they record is in the database. */
const LOOK_EVERY_MS = 10_000;

/** Counts that could not be read are read again after this. */
const COUNT_AGAIN_MS = 1_000;

type Moved = Topics['inbox'];
type Follower = { view: InboxView; operatorId: OperatorId; untold: Untold };

/** Tells operators how their lists change: once per process, coalesced, each row only to views that can hold it. */
export class InboxFeed {
  readonly #deps: Pick<Foundation, 'db' | 'bus' | 'log'>;
  readonly #followers = new Set<Follower>();
  readonly #moved = new Map<ConversationId, Moved>();
  readonly #unlisten: () => void;
  #timer: NodeJS.Timeout | undefined;
  readonly #look: NodeJS.Timeout;
  #retry: NodeJS.Timeout | undefined;
  #isCounting = false;
  #countAgain = false;
  #isBroken = false;

  constructor(deps: Pick<Foundation, 'db' | 'bus' | 'log'>) {
    this.#deps = deps;
    const unlisten = deps.bus.listen('inbox', DESK, (moved) => this.#hear(moved));
    const unlistenGap = deps.bus.onGap(() => this.#resync());
    this.#unlisten = () => {
      unlisten();
      unlistenGap();
    };
    this.#look = setInterval(() => {
      if (deps.bus.health === 'degraded') this.#resync();
    }, LOOK_EVERY_MS);
  }

  /** How many lists are followed. */
  get size(): number {
    return this.#followers.size;
  }

  /** The counts as they are now, and then every change of the view, until `signal` ends it. */
  async *follow(view: InboxView, operatorId: OperatorId, signal: AbortSignal): AsyncGenerator<InboxChange> {
    const follower: Follower = { view, operatorId, untold: new Untold() };
    this.#followers.add(follower);
    const wake = () => follower.untold.wake();
    signal.addEventListener('abort', wake, { once: true });
    try {
      yield { type: 'counts', counts: countsFor(await readCounters(this.#deps.db), operatorId) };
      while (!signal.aborted) {
        yield* follower.untold.take();
        if (!signal.aborted) await follower.untold.filled();
      }
    } finally {
      signal.removeEventListener('abort', wake);
      this.#followers.delete(follower);
    }
  }

  close(): void {
    clearInterval(this.#look);
    clearTimeout(this.#timer);
    clearTimeout(this.#retry);
    this.#unlisten();
  }

  #hear(moved: Moved): void {
    if (this.#followers.size === 0) return;
    const { conversationId } = moved.row;
    const waiting = this.#moved.get(conversationId);
    if (waiting && waiting.row.seq > moved.row.seq) return;
    // Where the row was before the first of several changes is what the lists still show.
    this.#moved.set(conversationId, { row: moved.row, before: (waiting ?? moved).before });
    this.#timer ??= setTimeout(() => this.#tell(), COALESCE_MS);
  }

  /** Told with the next counts: before the database answers, nobody could fetch a list. */
  #resync(): void {
    this.#isBroken = true;
    this.#count();
  }

  #tell(): void {
    this.#timer = undefined;
    const moved = [...this.#moved.values()];
    this.#moved.clear();
    for (const { view, operatorId, untold } of this.#followers) {
      for (const one of moved) {
        const change = changeFor(one, view, operatorId);
        if (change) untold.put(change);
      }
    }
    if (moved.some(changesCounts)) this.#count();
  }

  /** One read at a time, and one more when somebody asked meanwhile. */
  #count(): void {
    this.#countAgain = true;
    if (!this.#isCounting && this.#followers.size > 0) void this.#countNow();
  }

  async #countNow(): Promise<void> {
    this.#isCounting = true;
    try {
      while (this.#countAgain) {
        this.#countAgain = false;
        this.#tellCounts(await readCounters(this.#deps.db));
      }
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'could not read the counts; they are read again');
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#count(), COUNT_AGAIN_MS);
    } finally {
      this.#isCounting = false;
    }
  }

  #tellCounts(counters: ReadonlyMap<string, number>): void {
    for (const { operatorId, untold } of this.#followers) {
      if (this.#isBroken) untold.put({ type: 'resync' });
      untold.put({ type: 'counts', counts: countsFor(counters, operatorId) });
    }
    this.#isBroken = false;
  }
}

function changeFor({ row, before }: Moved, view: InboxView, operatorId: OperatorId): InboxChange | null {
  if (belongs(view, row.head, operatorId)) return { type: 'row', row };
  const held = view === 'mine' ? before?.operatorId === operatorId : before?.shelf === view;
  return held ? { type: 'gone', conversationId: row.conversationId, seq: row.seq } : null;
}

const changesCounts = ({ row, before }: Moved): boolean =>
  shelfOf(row.head) !== before?.shelf || holderOf(row.head.session) !== before.operatorId;

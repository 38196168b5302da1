import {
  type Belonging,
  belongs,
  type ConversationId,
  holderOf,
  type InboxChange,
  type InboxChanges,
  type InboxView,
  type OperatorId,
  sees,
  type Sight,
} from '@sala/contracts';
import { DESK, type Topics } from '../bus/bus.ts';
import type { Foundation } from '../foundation.ts';
import { countKeys } from '../log/change.ts';
import { Audience } from '../wire/audience.ts';
import { Frame, type Wire } from '../wire/wire.ts';
import { type Counters, countsFor, readCounters } from './counts.ts';
import { MAX_CHANGES, UntoldRows } from './untold.ts';

/** Changes of one conversation within this time become one. */
const COALESCE_MS = 100;

/** While the other servers are not heard, lists are fetched again this often: what they record is in the database. */
const LOOK_EVERY_MS = 10_000;

/** Counts that could not be read are read again after this. */
const COUNT_AGAIN_MS = 1_000;

type Moved = Topics['inbox'];

/** Whose list, and what they see beside what they hold. */
export type List = { view: InboxView; operatorId: OperatorId; sight: Sight };

/**
 * Tells operators how their lists change: once per process, coalesced, each row only to views that can hold it, of those
 * who see it. What several are told is worked out and encoded once.
 */
export class InboxFeed {
  readonly #deps: Pick<Foundation, 'db' | 'bus' | 'log'>;
  readonly #audiences = new Map<string, { list: List; audience: Audience<InboxChange> }>();
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

  /** How many follow a list. */
  get size(): number {
    return [...this.#audiences.values()].reduce((sum, { audience }) => sum + audience.size, 0);
  }

  /** The counts as they are now, and then every change of the view, until `signal` ends it. */
  async *follow(list: List, wire: Wire | undefined, signal: AbortSignal): AsyncGenerator<InboxChanges> {
    const key = keyOf(list);
    const known = this.#audiences.get(key) ?? { list, audience: new Audience<InboxChange>() };
    this.#audiences.set(key, known);
    const first = async (): Promise<InboxChanges> => [
      { type: 'counts', counts: countsFor(await readCounters(this.#deps.db), list, list.sight) },
    ];
    try {
      yield* known.audience.follow({ untold: new UntoldRows(), first, wire, signal });
    } finally {
      if (known.audience.size === 0 && this.#audiences.get(key) === known) this.#audiences.delete(key);
    }
  }

  close(): void {
    clearInterval(this.#look);
    clearTimeout(this.#timer);
    clearTimeout(this.#retry);
    this.#unlisten();
  }

  #hear(moved: Moved): void {
    if (this.#audiences.size === 0) return;
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
    const told = new Map<string, { changes: InboxChanges; frame: Frame }>();
    const holders = new Set(
      moved.flatMap(({ row, before }) => [holderOf(row.head.session), holderOf(before?.session ?? null)]),
    );
    for (const { list, audience } of this.#audiences.values()) {
      // Who holds none of these is told what everybody is who sees the same.
      const key = holders.has(list.operatorId) && isTheirs(list) ? keyOf(list) : scopeOf(list);
      const changes = told.get(key)?.changes ?? changesFor(moved, list);
      if (changes.length === 0) continue;
      const frame = told.get(key)?.frame ?? new Frame(changes);
      told.set(key, { changes, frame });
      audience.tell(changes, frame);
    }
    if (moved.some(changesCounts)) this.#count();
  }

  /** One read at a time, and one more when somebody asked meanwhile. */
  #count(): void {
    this.#countAgain = true;
    if (!this.#isCounting && this.#audiences.size > 0) void this.#countNow();
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

  #tellCounts(counters: Counters): void {
    for (const { list, audience } of this.#audiences.values()) {
      const broken: InboxChanges = this.#isBroken ? [{ type: 'resync' }] : [];
      audience.tell([...broken, { type: 'counts', counts: countsFor(counters, list, list.sight) }]);
    }
    this.#isBroken = false;
  }
}

const scopeOf = ({ view, sight }: List): string => `${view} ${sight === 'everything' ? '*' : sight.join()}`;

const keyOf = (list: List): string => `${scopeOf(list)} ${list.operatorId}`;

/** Whether holding a conversation can put it into this list: where one sees everything, only into one's own. */
const isTheirs = ({ view, sight }: List): boolean => view === 'mine' || sight !== 'everything';

function changesFor(moved: readonly Moved[], list: List): InboxChanges {
  const changes = moved.flatMap((one) => changeFor(one, list) ?? []);
  return changes.length > MAX_CHANGES ? [{ type: 'resync' }] : changes;
}

function changeFor({ row, before }: Moved, list: List): InboxChange | null {
  if (shows(list, row.head)) return { type: 'row', row };
  return before && shows(list, before) ? { type: 'gone', conversationId: row.conversationId, seq: row.seq } : null;
}

const shows = (list: List, of: Belonging): boolean =>
  belongs(list.view, of, list.operatorId) && sees(list, list.sight, of);

const changesCounts = ({ row, before }: Moved): boolean =>
  !before || countKeys(row.head).join() !== countKeys(before).join();

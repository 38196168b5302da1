import {
  belongs,
  type ConversationId,
  holderOf,
  type InboxChange,
  type InboxCounts,
  type InboxView,
  type OperatorId,
  shelfOf,
} from '@sala/contracts';
import { DESK, type Topics } from '../bus/bus.ts';
import type { Foundation } from '../foundation.ts';
import { countsFor, readCounters } from './counts.ts';

/** Changes of one conversation within this time become one. */
const COALESCE_MS = 100;

type Moved = Topics['inbox'];
type Follower = { view: InboxView; operatorId: OperatorId; outbox: Outbox };

/** What one follower has not been told yet: at most one change per conversation, and the newest counts. */
class Outbox {
  #changes = new Map<ConversationId, InboxChange>();
  #counts: InboxCounts | null = null;
  #isBroken = false;
  #wake: (() => void) | null = null;

  put(change: InboxChange): void {
    if (change.type === 'counts') this.#counts = change.counts;
    else if (change.type === 'resync') {
      this.#changes.clear();
      this.#isBroken = true;
    } else this.#changes.set(change.type === 'row' ? change.row.conversationId : change.conversationId, change);
    this.#wake?.();
  }

  take(): InboxChange[] {
    const counts: InboxChange[] = this.#counts ? [{ type: 'counts', counts: this.#counts }] : [];
    const broken: InboxChange[] = this.#isBroken ? [{ type: 'resync' }] : [];
    const taken = [...broken, ...this.#changes.values(), ...counts];
    this.#isBroken = false;
    this.#changes = new Map();
    this.#counts = null;
    return taken;
  }

  /** Resolves when there is something to take, or when somebody wakes it. */
  async filled(): Promise<void> {
    if (this.#changes.size > 0 || this.#counts || this.#isBroken) return;
    await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = null;
  }

  wake(): void {
    this.#wake?.();
  }
}

/** Tells operators how their lists change: once per process, coalesced, each row only to views that can hold it. */
export class InboxFeed {
  readonly #deps: Pick<Foundation, 'db' | 'bus' | 'log'>;
  readonly #followers = new Set<Follower>();
  readonly #moved = new Map<ConversationId, Moved>();
  readonly #unlisten: () => void;
  #timer: NodeJS.Timeout | undefined;
  #counting: Promise<void> = Promise.resolve();

  constructor(deps: Pick<Foundation, 'db' | 'bus' | 'log'>) {
    this.#deps = deps;
    const unlisten = deps.bus.listen('inbox', DESK, (moved) => this.#hear(moved));
    const unlistenGap = deps.bus.onGap(() => this.#resync());
    this.#unlisten = () => {
      unlisten();
      unlistenGap();
    };
  }

  /** How many lists are followed. */
  get size(): number {
    return this.#followers.size;
  }

  /** The counts as they are now, and then every change of the view, until `signal` ends it. */
  async *follow(view: InboxView, operatorId: OperatorId, signal: AbortSignal): AsyncGenerator<InboxChange> {
    const follower: Follower = { view, operatorId, outbox: new Outbox() };
    this.#followers.add(follower);
    const wake = () => follower.outbox.wake();
    signal.addEventListener('abort', wake, { once: true });
    try {
      yield { type: 'counts', counts: countsFor(await readCounters(this.#deps.db), operatorId) };
      while (!signal.aborted) {
        yield* follower.outbox.take();
        if (!signal.aborted) await follower.outbox.filled();
      }
    } finally {
      signal.removeEventListener('abort', wake);
      this.#followers.delete(follower);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
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

  #resync(): void {
    for (const { outbox } of this.#followers) outbox.put({ type: 'resync' });
    if (this.#followers.size > 0) this.#count();
  }

  #tell(): void {
    this.#timer = undefined;
    const moved = [...this.#moved.values()];
    this.#moved.clear();
    for (const { view, operatorId, outbox } of this.#followers) {
      for (const one of moved) {
        const change = changeFor(one, view, operatorId);
        if (change) outbox.put(change);
      }
    }
    if (moved.some(changesCounts)) this.#count();
  }

  #count(): void {
    this.#counting = this.#counting
      .then(() => readCounters(this.#deps.db))
      .then((counters) => {
        for (const { operatorId, outbox } of this.#followers) {
          outbox.put({ type: 'counts', counts: countsFor(counters, operatorId) });
        }
      })
      .catch((error: unknown) =>
        this.#deps.log.error({ err: error }, 'could not read the counts; the next change tries again'),
      );
  }
}

function changeFor({ row, before }: Moved, view: InboxView, operatorId: OperatorId): InboxChange | null {
  if (belongs(view, row.head, operatorId)) return { type: 'row', row };
  const held = view === 'mine' ? before?.operatorId === operatorId : before?.shelf === view;
  return held ? { type: 'gone', conversationId: row.conversationId, seq: row.seq } : null;
}

const changesCounts = ({ row, before }: Moved): boolean =>
  shelfOf(row.head) !== before?.shelf || holderOf(row.head.session) !== before.operatorId;

import { type Belonging, belongingAfter, type ConversationId, holderOf, type RoomEvent } from '@sala/contracts';
import type { Foundation } from '../foundation.ts';
import { readAfter } from '../log/readLog.ts';
import { Frame, sendTogether, type Tap } from '../wire/wire.ts';
import type { Sees } from './seen.ts';

/** How many of the newest events a feed keeps: who was away for less resumes without the database. */
const TAIL = 256;

/** How long a hint that was lost on the bus can go unnoticed. */
const LOOK_EVERY_MS = 5_000;

const READ_PAGE = 500;

/** An event with the frame that all its listeners share. */
type Told = { event: RoomEvent; frame: Frame };

/** One who listens for as long as they see the room: what comes after `cursor` decides. */
type Watch = { cursor: number; sees: Sees; lost: () => void };

/**
 * The live end of one conversation's log, once per process while somebody listens. It takes contiguous events from
 * the bus and reads the log when they are not contiguous, when it starts, and every few seconds. So an event is read
 * once and encoded once, however many listen.
 */
export class RoomFeed {
  readonly #deps: Pick<Foundation, 'db' | 'bus' | 'log'>;
  readonly #conversationId: ConversationId;
  readonly #tail: Told[] = [];
  readonly #taps = new Map<Tap, number>();
  readonly #watches = new Set<Watch>();
  readonly #waiting = new Set<() => void>();
  readonly #unlisten: () => void;
  readonly #timer: NodeJS.Timeout;
  #isReading = false;
  #readAgain = false;
  /** The newest event told, once the feed has caught up with the log. */
  #seq: number | undefined;
  /** Whose the conversation is after that event. */
  #belonging: Belonging = { teamId: null, session: null };

  constructor(deps: Pick<Foundation, 'db' | 'bus' | 'log'>, conversationId: ConversationId) {
    this.#deps = deps;
    this.#conversationId = conversationId;
    this.#unlisten = deps.bus.listen('room', conversationId, ({ events }) => this.#hear(events));
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /** The events after `cursor` that the feed still holds, or null when it cannot vouch for all of them. */
  since(cursor: number): readonly RoomEvent[] | null {
    if (this.#seq === undefined) return null;
    if (cursor >= this.#seq) return [];
    const first = this.#tail[0]?.event.seq;
    if (first === undefined || first > cursor + 1) return null;
    return this.#tail.slice(cursor + 1 - first).map(({ event }) => event);
  }

  /** Writes every event after `cursor` to the tap, from now on; the feed must hold them (`since`). Ends with the answer. */
  attach(tap: Tap, cursor: number): () => void {
    const unheard = this.#tail.filter(({ event }) => event.seq > cursor).map(({ frame }) => frame);
    if (unheard.length > 0) sendTogether(unheard, tap);
    this.#taps.set(tap, cursor);
    return () => void this.#taps.delete(tap);
  }

  /** Calls `lost` before the first event after `cursor` is told with which one does not see the room any more. Ends with the answer. */
  watch(watch: Watch): Disposable {
    this.#watches.add(watch);
    return { [Symbol.dispose]: () => void this.#watches.delete(watch) };
  }

  /** Resolves when there may be events after `cursor`, or when `signal` ends the waiting. */
  async after(cursor: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (this.#seq === undefined || this.#seq <= cursor)) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.#waiting.add(wake);
        signal.addEventListener('abort', wake);
      });
    }
  }

  /** Begins at the end of what a listener has just read: from here on the feed follows. `belonging` is whose the room is then. */
  begin(seq: number, belonging: Belonging): void {
    if (this.#seq !== undefined) return;
    this.#seq = seq;
    this.#belonging = belonging;
    this.#look();
  }

  /** Something may have gone unsaid on the bus. */
  look(): void {
    if (this.#seq !== undefined) this.#look();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#unlisten();
  }

  #hear(events: readonly RoomEvent[]): void {
    if (this.#seq === undefined) return;
    const news: Told[] = [];
    let seq = this.#seq;
    for (const event of events) {
      if (event.seq <= seq) continue;
      if (event.seq > seq + 1) {
        this.#look();
        break;
      }
      seq = event.seq;
      news.push({ event, frame: new Frame(event, String(seq)) });
    }
    if (news.length > 0) this.#tell(news, seq);
  }

  #tell(news: readonly Told[], seq: number): void {
    this.#seq = seq;
    this.#closeEyes(news);
    this.#tail.push(...news);
    if (this.#tail.length > TAIL) this.#tail.splice(0, this.#tail.length - TAIL);
    for (const [tap, cursor] of this.#taps) {
      // A listener that read the log itself may be ahead of a feed that missed a hint.
      const unheard = cursor < news[0]!.event.seq ? news : news.filter(({ event }) => event.seq > cursor);
      const frames = unheard.map(({ frame }) => frame);
      if (frames.length > 0 && !sendTogether(frames, tap)) this.#taps.delete(tap);
    }
    for (const wake of this.#waiting) wake();
  }

  /** Whoever does not see the room with one of these hears none of them. */
  #closeEyes(news: readonly Told[]): void {
    for (const { event } of news) {
      const before = this.#belonging;
      this.#belonging = belongingAfter(before, event);
      const { teamId, session } = this.#belonging;
      if (teamId === before.teamId && holderOf(session) === holderOf(before.session)) continue;
      for (const { cursor, sees, lost } of this.#watches) if (cursor < event.seq && !sees(this.#belonging)) lost();
    }
  }

  /** Reads what is new in the log; one read at a time, and one more when somebody asked meanwhile. */
  #look(): void {
    this.#readAgain = true;
    if (!this.#isReading) void this.#readNew();
  }

  async #readNew(): Promise<void> {
    this.#isReading = true;
    try {
      while (this.#readAgain && this.#seq !== undefined) {
        this.#readAgain = false;
        const events = await readAfter(this.#deps.db, this.#conversationId, this.#seq, READ_PAGE);
        this.#hear(events);
        if (events.length === READ_PAGE) this.#readAgain = true;
      }
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'a feed could not read the log; it looks again');
    } finally {
      this.#isReading = false;
    }
  }
}

/** The feeds of a process: one for each room that somebody follows. */
export class RoomFeeds {
  readonly #deps: Pick<Foundation, 'db' | 'bus' | 'log'>;
  readonly #feeds = new Map<ConversationId, { feed: RoomFeed; listeners: number }>();

  readonly #unlisten: () => void;

  constructor(deps: Pick<Foundation, 'db' | 'bus' | 'log'>) {
    this.#deps = deps;
    this.#unlisten = deps.bus.onGap(() => {
      for (const { feed } of this.#feeds.values()) feed.look();
    });
  }

  close(): void {
    this.#unlisten();
  }

  /** How many rooms are followed. */
  get size(): number {
    return this.#feeds.size;
  }

  /** The feed of a room, for as long as it is held; the last to let go ends it. */
  hold(conversationId: ConversationId): { feed: RoomFeed } & Disposable {
    let held = this.#feeds.get(conversationId);
    if (!held)
      this.#feeds.set(conversationId, (held = { feed: new RoomFeed(this.#deps, conversationId), listeners: 0 }));
    const { feed } = held;
    held.listeners += 1;
    return {
      feed,
      [Symbol.dispose]: () => {
        held.listeners -= 1;
        if (held.listeners > 0) return;
        feed.close();
        this.#feeds.delete(conversationId);
      },
    };
  }
}

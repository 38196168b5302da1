import {
  applyEvent,
  applyPresence,
  applyRoomPresence,
  type ConversationId,
  emptyHead,
  type InboxChange,
  type InboxChanges,
  type InboxCounts,
  type InboxPage,
  type InboxRow,
  type InboxView,
  type OnDesk,
  type PresenceChanges,
  prependHistory,
  type RoomEvent,
  type RoomMember,
  type RoomPresenceChanges,
  type RoomView,
} from '@sala/contracts';
import { answerTo } from './asking.ts';
import type { ListHeard, PresenceHeard, RoomHeard } from './account.ts';
import type { Tab } from './tab.ts';

/** Before every event: the first replaces it. */
const EPOCH = new Date(0).toISOString();

/** A room that a tab follows: every event it heard, and what it made of them. */
export class FollowedRoom {
  readonly conversationId: ConversationId;
  readonly events: RoomEvent[] = [];
  /** What is on the screen. */
  view: RoomView;
  readonly #tab: Tab;
  readonly #from: number;

  private constructor(tab: Tab, begun: RoomView) {
    this.#tab = tab;
    this.conversationId = begun.conversationId;
    this.view = begun;
    this.#from = begun.seq;
    const { conversationId } = begun;
    tab.keep<{ id: string; data: RoomEvent }>(
      (handlers) => tab.api.room.follow.subscribe({ conversationId, lastEventId: this.view.seq }, handlers),
      ({ data }) => {
        this.events.push(data);
        this.view = applyEvent(this.view, data);
      },
    );
  }

  /** Fetches the room and follows it from there. */
  static async open(tab: Tab, conversationId: ConversationId): Promise<FollowedRoom> {
    return new FollowedRoom(tab, await wholeRoom(tab, conversationId));
  }

  /** Knows nothing of the room and hears all of it as a replay. */
  static async openEmpty(tab: Tab, conversationId: ConversationId): Promise<FollowedRoom> {
    const room = await answerTo(() => tab.api.room.get.query({ conversationId }));
    return new FollowedRoom(tab, { ...room, seq: 0, fromSeq: 1, head: emptyHead(EPOCH), entries: [], deliveries: {} });
  }

  hasText(text: string): boolean {
    return this.events.some(
      ({ fact }) => 'content' in fact && fact.content.type === 'text' && fact.content.text === text,
    );
  }

  async account(): Promise<RoomHeard> {
    const fresh = await wholeRoom(this.#tab, this.conversationId);
    const { conversationId, events } = this;
    return { tab: this.#tab.name, conversationId, from: this.#from, events, folded: this.view, fresh };
  }
}

/** A room with its whole past, as one who scrolls up to the beginning has it. */
async function wholeRoom({ api }: Tab, conversationId: ConversationId): Promise<RoomView> {
  let room = await answerTo(() => api.room.get.query({ conversationId }));
  while (room.fromSeq > 1) {
    const before = room.fromSeq;
    room = prependHistory(room, await answerTo(() => api.room.history.query({ conversationId, before })));
  }
  return room;
}

type RowChange = Extract<InboxChange, { type: 'row' | 'gone' }>;

const idOf = (change: RowChange) => (change.type === 'row' ? change.row.conversationId : change.conversationId);
const seqOf = (change: RowChange) => (change.type === 'row' ? change.row.seq : change.seq);

/** A list that a tab follows: fetched whenever its stream begins anew, and patched from there. */
export class FollowedList {
  readonly #tab: Tab;
  readonly #view: InboxView;
  #rows = new Map<string, InboxRow>();
  #counts: InboxCounts | null = null;
  /** What was heard since the newest fetch began: its answer may be older. */
  #since: RowChange[] = [];
  #fetches = 0;
  #begins = true;

  constructor(tab: Tab, view: InboxView) {
    this.#tab = tab;
    this.#view = view;
    tab.keep<InboxChanges>(
      ({ onStarted, ...handlers }) =>
        tab.api.inbox.follow.subscribe(
          { view },
          {
            ...handlers,
            onStarted: () => {
              this.#begins = true;
              onStarted();
            },
          },
        ),
      (changes) => changes.forEach((change) => this.#hear(change)),
    );
  }

  #hear(change: InboxChange): void {
    // The first word after a beginning says that the server listens for us: what is fetched from here on is patched.
    if (this.#begins || change.type === 'resync') void this.#fetch();
    this.#begins = false;
    if (change.type === 'counts') this.#counts = change.counts;
    if (change.type !== 'row' && change.type !== 'gone') return;
    this.#since.push(change);
    this.#patch(change);
  }

  #patch(change: RowChange): void {
    const held = this.#rows.get(idOf(change));
    if (held && held.seq >= seqOf(change)) return;
    if (change.type === 'row') this.#rows.set(idOf(change), change.row);
    else this.#rows.delete(idOf(change));
  }

  async #fetch(): Promise<void> {
    const mine = (this.#fetches += 1);
    this.#since = [];
    const [rows, counts] = await Promise.all([this.#freshRows(), this.#freshCounts()]).catch(() => [null, null]);
    if (mine !== this.#fetches || !rows) return; // a newer fetch is under way, or the tab is closed
    this.#rows = new Map(rows.map((row) => [row.conversationId, row]));
    this.#counts = counts;
    for (const change of this.#since) this.#patch(change);
  }

  async #freshRows(): Promise<InboxRow[]> {
    const rows: InboxRow[] = [];
    let cursor: string | null = null;
    do {
      const from: string | null = cursor;
      const page: InboxPage = await answerTo(() =>
        this.#tab.api.inbox.list.query({ view: this.#view, limit: 100, ...(from && { cursor: from }) }),
      );
      rows.push(...page.rows);
      cursor = page.nextCursor;
    } while (cursor);
    return rows;
  }

  #freshCounts(): Promise<InboxCounts> {
    return answerTo(() => this.#tab.api.inbox.counts.query());
  }

  async account(): Promise<ListHeard> {
    const [freshRows, freshCounts] = await Promise.all([this.#freshRows(), this.#freshCounts()]);
    const rows = [...this.#rows.values()];
    return { tab: this.#tab.name, view: this.#view, rows, counts: this.#counts, freshRows, freshCounts };
  }
}

/** Who a tab sees on the desk. */
export class FollowedDesk {
  readonly #tab: Tab;
  #held: OnDesk[] = [];

  constructor(tab: Tab) {
    this.#tab = tab;
    tab.keep<PresenceChanges>(
      (handlers) => tab.api.presence.follow.subscribe(undefined, handlers),
      (changes) => (this.#held = applyPresence(this.#held, changes)),
    );
  }

  sees(operatorId: string): boolean {
    return this.#held.some((one) => one.operatorId === operatorId);
  }

  account(there: readonly string[]): PresenceHeard {
    return { tab: this.#tab.name, where: 'on the desk', seen: this.#held.map(({ operatorId }) => operatorId), there };
  }
}

/** Who a tab sees in a room. */
export class FollowedMembers {
  readonly #tab: Tab;
  readonly #conversationId: ConversationId;
  #held: RoomMember[] = [];

  constructor(tab: Tab, conversationId: ConversationId) {
    this.#tab = tab;
    this.#conversationId = conversationId;
    tab.keep<RoomPresenceChanges>(
      (handlers) => tab.api.room.presence.subscribe({ conversationId }, handlers),
      (changes) => (this.#held = applyRoomPresence(this.#held, changes)),
    );
  }

  account(there: readonly string[]): PresenceHeard {
    const seen = this.#held.map(({ operatorId }) => operatorId);
    return { tab: this.#tab.name, where: `in ${this.#conversationId}`, seen, there };
  }
}

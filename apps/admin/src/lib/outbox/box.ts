import type { ConversationId, MessageId, OperatorId, RoomView } from '@sala/contracts';
import type { Alone } from './aloneOf.ts';
import { Flusher, type FlusherDeps } from './flusher.ts';
import { arrivedHome, AT_HOME, cameHome, type Homecoming, keptOut, stillOut, TOLD_FOR_MS } from './homecoming.ts';
import { MAX_UNSENT, type OutboxEntry } from './outbox.ts';
import type { Placed } from './outboxStore.ts';
import type { SurestStore } from './surestStore.ts';
import type { Tabs } from './otherTabs.ts';

/** A message that the server has, at or before `seq` of its conversation's log. */
export interface Landing {
  entry: OutboxEntry;
  seq: number;
}

/** What the screen shows of an outbox. */
export interface BoxView {
  /** In order. */
  unsent: readonly OutboxEntry[];
  /** They stay on the screen until their room has read its log so far. */
  landing: readonly Landing[];
  /** Whether what is kept would outlive the page. */
  isDurable: boolean;
  /** How many messages have just been sent after a time out of reach; null most of the time. */
  back: number | null;
}

export interface BoxDeps extends Pick<
  FlusherDeps,
  'enter' | 'send' | 'isReachable' | 'now' | 'chance' | 'after' | 'onSignedOut'
> {
  operatorId: OperatorId;
  newId: () => MessageId;
  /** Opens the place of the messages; calls `onBroken` when it turns out not to last. */
  openStore: (onBroken: () => void) => SurestStore;
  tabs: Tabs;
  alone: Alone;
}

/** One operator's outbox, as one tab has it: every tab shows it, one of them sends it. */
export class Box {
  readonly #deps: BoxDeps;
  readonly #store: SurestStore;
  readonly #listeners = new Set<() => void>();
  #view: BoxView = { unsent: [], landing: [], isDurable: true, back: null };
  #homecoming: Homecoming = AT_HOME;
  #isOut = false;
  #leaving: AbortController | null = null;
  #flusher: Flusher | null = null;
  #reads = 0;
  #shown = 0;

  constructor(deps: BoxDeps) {
    this.#deps = deps;
    this.#store = deps.openStore(() => this.#onBroken());
  }

  readonly view = (): BoxView => this.#view;

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins to show and, when it is this tab's turn, to send. The answer ends it. */
  start(): () => void {
    const leaving = new AbortController();
    this.#leaving = leaving;
    const stopHearing = this.#deps.tabs.hear((news) => {
      if (news.type === 'look') this.#flusher?.look();
      else if (news.type === 'accepted') this.#land(news.messageId, news.seq);
      else this.#onChangeElsewhere();
    });
    const work = () => this.#work(leaving.signal);
    if (this.#store.isDurable()) this.#deps.alone(work, leaving.signal);
    else void work();
    void this.#read();
    return () => {
      stopHearing();
      leaving.abort();
    };
  }

  /** Keeps a message. It resolves when a crash would not lose it any more, and the view has it. */
  async put(conversationId: ConversationId, text: string): Promise<Placed> {
    const { newId, operatorId, now } = this.#deps;
    const content = { type: 'text', text } as const;
    const answer = await this.#store.add({ messageId: newId(), operatorId, conversationId, content, keptAt: now() });
    await this.#changed();
    return answer;
  }

  /** Sends a message again that waits or has stopped. */
  async again(messageId: MessageId): Promise<void> {
    await this.#store.change(messageId, (entry) => ({ ...entry, tries: 0, state: { type: 'kept' } }));
    await this.#changed();
  }

  /** Forgets a message. One whose fate is unknown may have arrived all the same. */
  async drop(messageId: MessageId): Promise<void> {
    await this.#store.remove(messageId);
    await this.#changed();
  }

  /** A room has read its log so far: what it shows has arrived, whatever the answers to its sending will be. */
  async settle(room: Pick<RoomView, 'conversationId' | 'seq' | 'deliveries'>): Promise<void> {
    const { conversationId, seq, deliveries } = room;
    const seen = this.#view.unsent.filter(
      (one) => one.conversationId === conversationId && one.messageId in deliveries,
    );
    for (const { messageId } of seen) {
      await this.#store.remove(messageId);
      this.#land(messageId, seq);
      this.#deps.tabs.tell({ type: 'accepted', messageId, seq });
    }
    const landing = this.#view.landing.filter((one) => one.entry.conversationId !== conversationId || one.seq > seq);
    if (landing.length < this.#view.landing.length) this.#show({ landing });
  }

  /** Whether the desk is out of reach: what is kept meanwhile is told of when it has been sent. */
  setOut(isOut: boolean): void {
    this.#isOut = isOut;
    if (isOut) this.#homecoming = keptOut(this.#homecoming, this.#going());
    else this.look();
  }

  /** Something can be sent now. */
  look(): void {
    this.#flusher?.look();
    this.#deps.tabs.tell({ type: 'look' });
  }

  async #changed(): Promise<void> {
    await this.#read();
    this.#deps.tabs.tell({ type: 'changed' });
    this.look();
  }

  #onChangeElsewhere(): void {
    void this.#read();
    this.#flusher?.look();
  }

  async #work(signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#flusher) return;
    const flusher = new Flusher({
      ...this.#deps,
      store: this.#store,
      onChange: () => {
        void this.#read();
        this.#deps.tabs.tell({ type: 'changed' });
      },
      onAccepted: ({ messageId }, seq) => {
        this.#land(messageId, seq);
        this.#deps.tabs.tell({ type: 'accepted', messageId, seq });
      },
    });
    this.#flusher = flusher;
    const ended = new Promise<void>((resolve) => {
      const end = () => {
        flusher.end();
        if (this.#flusher === flusher) this.#flusher = null;
        resolve();
      };
      signal.addEventListener('abort', end, { once: true });
    });
    await flusher.start();
    await ended;
  }

  /** What only this page knows of, only this page can send. */
  #onBroken(): void {
    this.#show({ isDurable: false });
    if (this.#leaving) void this.#work(this.#leaving.signal);
  }

  #land(messageId: MessageId, seq: number): void {
    const entry = this.#view.unsent.find((one) => one.messageId === messageId);
    if (!entry) return;
    this.#homecoming = arrivedHome(this.#homecoming, messageId);
    this.#show({
      unsent: this.#view.unsent.filter((one) => one !== entry),
      landing: [...this.#view.landing, { entry, seq }].slice(-MAX_UNSENT),
    });
    this.#tellOfReturn();
  }

  /** Of several reads the one that began last is right. */
  async #read(): Promise<void> {
    this.#reads += 1;
    const read = this.#reads;
    const entries = await this.#store.all(this.#deps.operatorId);
    if (read < this.#shown) return;
    this.#shown = read;
    const landing = new Set(this.#view.landing.map(({ entry }) => entry.messageId));
    this.#show({ unsent: entries.filter((entry) => !landing.has(entry.messageId)) });
    const going = this.#going();
    if (this.#isOut) this.#homecoming = keptOut(this.#homecoming, going);
    this.#homecoming = stillOut(this.#homecoming, new Set(going));
    this.#tellOfReturn();
  }

  #going(): MessageId[] {
    return this.#view.unsent.filter((entry) => entry.state.type !== 'stopped').map((entry) => entry.messageId);
  }

  #tellOfReturn(): void {
    const back = cameHome(this.#homecoming);
    if (back === null) return;
    this.#homecoming = AT_HOME;
    this.#show({ back });
    this.#deps.after(TOLD_FOR_MS, () => this.#show({ back: null }));
  }

  #show(change: Partial<BoxView>): void {
    this.#view = { ...this.#view, ...change };
    this.#listeners.forEach((each) => each());
  }
}

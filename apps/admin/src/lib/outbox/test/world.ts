import { Flusher } from '../flusher.ts';
import { indexedStore } from '../indexedStore.ts';
import type { OutboxEntry, Outcome } from '../outbox.ts';
import type { OutboxStore } from '../outboxStore.ts';
import { freshDatabases } from './databases.ts';

/** What becomes of one request. */
export type Fate =
  | 'answered'
  | 'lostOnTheWay'
  | 'answerLost'
  | 'silence'
  | 'fault'
  | 'away'
  | 'slow'
  | 'outside'
  | 'notYours'
  | 'signedOut';

const REFUSALS: Partial<Record<Fate, Outcome>> = {
  away: { type: 'refused', refusal: { code: 'UNAVAILABLE', retryAfterMs: 1_000 } },
  slow: { type: 'refused', refusal: { code: 'RATE_LIMITED', retryAfterMs: 2_000 } },
  outside: { type: 'refused', refusal: { code: 'NOT_IN_ROOM' } },
  notYours: { type: 'refused', refusal: { code: 'NOT_YOURS', operatorId: 'haruka' } },
  signedOut: { type: 'refused', refusal: { code: 'SIGNED_OUT' } },
  fault: { type: 'fault', correlationId: 'x' },
};

/** How long a silent server is waited for. */
const PATIENCE_MS = 15_000;

/**
 * A browser with tabs that come and go, a network that fails as it is told to, and a server that takes each message
 * once. Time passes only by `pass`; nothing sleeps.
 */
export class World {
  readonly store: OutboxStore;
  /** What the server took, in order. */
  readonly taken: { conversationId: string; messageId: string }[] = [];
  /** What was done, in order: `enter c1`, `send m0`, `leave c1`. */
  readonly done: string[] = [];
  isCut = false;
  #now = 0;
  #fates: Fate[];
  #busy = 0;
  #tabs: { flusher: Flusher; close: () => void }[] = [];
  readonly #alarms = new Set<{ at: number; call: () => void }>();

  constructor(fates: readonly Fate[]) {
    freshDatabases();
    this.store = indexedStore();
    this.#fates = [...fates];
  }

  get tabs(): number {
    return this.#tabs.length;
  }

  async write(conversationId: string, messageId: string): Promise<void> {
    const content = { type: 'text', text: messageId } as const;
    await this.store.add({ messageId, operatorId: 'nok', conversationId, content, keptAt: this.#now });
    this.look();
  }

  look(): void {
    for (const { flusher } of this.#tabs) flusher.look();
  }

  async openTab(): Promise<void> {
    const tab = { isOpen: true };
    const flusher = new Flusher({
      operatorId: 'nok',
      store: this.#seenFrom(tab),
      enter: (conversationId, isAnew) => this.#counted(tab, async () => this.#enter(conversationId, isAnew)),
      send: (entry) => this.#counted(tab, () => this.#send(entry)),
      isReachable: () => this.#counted(tab, async () => !this.isCut),
      now: () => this.#now,
      chance: () => 0.5,
      after: (ms, call) => this.#after(ms, () => tab.isOpen && call()),
      onChange: () => {},
      onAccepted: () => {},
      onSignedOut: () => {},
    });
    this.#tabs.push({ flusher, close: () => void (tab.isOpen = false) });
    await flusher.start();
  }

  /** The page is gone in the middle of whatever it did. */
  killTab(): void {
    this.#tabs.shift()?.close();
  }

  /** Lets time pass, alarm by alarm, and everything finish that can. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    await this.#settle();
    for (let next = this.#nextAlarm(until); next; next = this.#nextAlarm(until)) {
      this.#alarms.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
      await this.#settle();
    }
    this.#now = until;
  }

  /** From here on everything works. */
  heal(): void {
    this.isCut = false;
    this.#fates = [];
  }

  #nextAlarm(until: number) {
    return [...this.#alarms].filter((alarm) => alarm.at <= until).toSorted((a, b) => a.at - b.at)[0];
  }

  #after(ms: number, call: () => void): () => void {
    const alarm = { at: this.#now + ms, call };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  /** A page that is gone hears nothing more, and nothing it began goes on. */
  async #counted<Answer>(tab: { isOpen: boolean }, ask: () => Promise<Answer>): Promise<Answer> {
    if (!tab.isOpen) return new Promise(() => {});
    this.#busy += 1;
    const answer = await ask().finally(() => (this.#busy -= 1));
    return tab.isOpen ? answer : new Promise(() => {});
  }

  #seenFrom(tab: { isOpen: boolean }): OutboxStore {
    const { store } = this;
    return {
      all: (operatorId) => this.#counted(tab, () => store.all(operatorId)),
      add: (message) => this.#counted(tab, () => store.add(message)),
      change: (messageId, step) => this.#counted(tab, () => store.change(messageId, step)),
      remove: (messageId) => this.#counted(tab, () => store.remove(messageId)),
    };
  }

  #enter(conversationId: string, isAnew: boolean): () => void {
    this.done.push(`enter ${conversationId}${isAnew ? ' anew' : ''}`);
    return () => void this.done.push(`leave ${conversationId}`);
  }

  async #send(entry: OutboxEntry): Promise<Outcome> {
    this.done.push(`send ${entry.messageId}`);
    const fate = this.isCut ? 'lostOnTheWay' : (this.#fates.shift() ?? 'answered');
    const refusal = REFUSALS[fate];
    if (refusal) return refusal;
    if (fate !== 'lostOnTheWay') this.#take(entry);
    if (fate === 'silence') await this.#silence();
    return fate === 'answered' ? { type: 'accepted', seq: this.taken.length } : { type: 'unreachable' };
  }

  /** Nobody waits for a silence to end but the one who asked. */
  async #silence(): Promise<void> {
    this.#busy -= 1;
    await new Promise<void>((resolve) => void this.#after(PATIENCE_MS, resolve));
    this.#busy += 1;
  }

  #take({ conversationId, messageId }: OutboxEntry): void {
    if (!this.taken.some((one) => one.messageId === messageId)) this.taken.push({ conversationId, messageId });
  }

  async #settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet = this.#busy === 0 ? quiet + 1 : 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

import type { ConversationId, OperatorId } from '@sala/contracts';
import { afterSending, heads, isDue, nextDueAt, type OutboxEntry, type Outcome } from './outbox.ts';
import type { OutboxStore } from './outboxStore.ts';

/** Conversations sent into at once. */
const MAX_LANES = 4;

/** How often in a row a room is entered again for one sending: then being refused is a failure like others. */
const MAX_ENTRIES = 5;

/** A room just entered may take a moment to know it. */
const SETTLING_MS = 250;

/** Pauses between looks at a server that does not answer. */
const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 30_000;

export interface FlusherDeps {
  operatorId: OperatorId;
  store: OutboxStore;
  /**
   * Is in the room when it resolves, as well as that can be had, until the answer is called. `isAnew`: the server does
   * not think so, whatever this page does. Does not reject.
   */
  enter: (conversationId: ConversationId, isAnew: boolean) => Promise<() => void>;
  /** Sends once. Does not reject. */
  send: (entry: OutboxEntry) => Promise<Outcome>;
  /**
   * Whether a sending would reach the server. `isDoubtful`: it has failed before, so that it is worth asking. Being
   * offline costs a message none of its tries.
   */
  isReachable: (isDoubtful: boolean) => Promise<boolean>;
  now: () => number;
  /** From 0 to 1. */
  chance: () => number;
  /** Calls once, later; the answer takes it back. */
  after: (ms: number, call: () => void) => () => void;
  onChange: () => void;
  /** The server has it, at this place in the log. */
  onAccepted: (entry: OutboxEntry, seq: number) => void;
  onSignedOut: () => void;
}

/**
 * Sends what an operator has kept: first in, first out in each conversation, conversations beside each other. At most
 * one of them works for an operator on a device, where the browser can see to it; several do no harm.
 */
export class Flusher {
  readonly #deps: FlusherDeps;
  readonly #lanes = new Set<ConversationId>();
  #state: 'working' | 'signedOut' | 'ended' = 'working';
  #isLooking = false;
  #isWanted = false;
  /** Looks in a row that found the server out of reach, and until when it is left in peace. */
  #rests = 0;
  #restsUntil = 0;
  #takeBackAlarm: () => void = () => {};

  constructor(deps: FlusherDeps) {
    this.#deps = deps;
  }

  /** Begins. What a page that ended was sending is sent again, under the same id. */
  async start(): Promise<void> {
    const { store, operatorId } = this.#deps;
    for (const entry of await store.all(operatorId)) {
      if (entry.state.type === 'sending') await store.change(entry.messageId, toKept);
    }
    this.look();
  }

  /** Something is new: a message, a connection, a sign-in. Sends what may go out now. */
  look(): void {
    if (this.#state === 'ended') return;
    this.#state = 'working';
    this.#restsUntil = 0;
    this.#lookAgain();
  }

  /** Ends. What is on its way is not called back. */
  end(): void {
    this.#state = 'ended';
    this.#takeBackAlarm();
  }

  #lookAgain(): void {
    this.#isWanted = true;
    if (!this.#isLooking) void this.#lookAround();
  }

  async #lookAround(): Promise<void> {
    const { store, operatorId, now } = this.#deps;
    this.#isLooking = true;
    while (this.#isWanted && this.#state === 'working') {
      this.#isWanted = false;
      const entries = await store.all(operatorId);
      const isResting = this.#restsUntil > now();
      for (const { conversationId } of heads(entries).filter((head) => isDue(head, now()))) {
        if (isResting || this.#lanes.size >= MAX_LANES) break;
        if (!this.#lanes.has(conversationId)) void this.#lane(conversationId);
      }
      // What is due and waits for a lane needs no alarm: a lane that ends looks again.
      this.#setAlarm(isResting ? this.#restsUntil : nextDueAt(entries, now()));
    }
    this.#isLooking = false;
  }

  #setAlarm(at: number | null): void {
    this.#takeBackAlarm();
    if (at === null || this.#state !== 'working') return;
    this.#takeBackAlarm = this.#deps.after(Math.max(0, at - this.#deps.now()), () => this.#lookAgain());
  }

  /** Sends one conversation's messages, one after another, for as long as the foremost may go. */
  async #lane(conversationId: ConversationId): Promise<void> {
    this.#lanes.add(conversationId);
    const room = this.#roomOf(conversationId);
    let outside = 0;
    try {
      for (let head = await this.#dueHead(conversationId); head; head = await this.#dueHead(conversationId)) {
        if (!(await this.#reaches(head))) break;
        await (outside > 0 ? room.enterAnew() : room.enter());
        // Entering took a while: what was dropped meanwhile, or sent by another tab, is not sent from here.
        if (!(await this.#isStillDue(head))) continue;
        outside = (await this.#sendOne(head, outside < MAX_ENTRIES)) === 'outside' ? outside + 1 : 0;
      }
    } finally {
      room.leave();
      this.#lanes.delete(conversationId);
      this.#lookAgain();
    }
  }

  async #dueHead(conversationId: ConversationId): Promise<OutboxEntry | undefined> {
    const { store, operatorId, now } = this.#deps;
    if (this.#state !== 'working') return undefined;
    const entries = await store.all(operatorId);
    return heads(entries).find((head) => head.conversationId === conversationId && isDue(head, now()));
  }

  async #isStillDue(head: OutboxEntry): Promise<boolean> {
    return (await this.#dueHead(head.conversationId))?.messageId === head.messageId;
  }

  async #reaches(entry: OutboxEntry): Promise<boolean> {
    const { isReachable, now, chance } = this.#deps;
    const reaches = await isReachable(entry.tries > 0);
    if (reaches) {
      this.#rests = 0;
    } else {
      const restMs = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** this.#rests);
      this.#rests += 1;
      this.#restsUntil = now() + (restMs * (1 + chance())) / 2;
    }
    return reaches && this.#state === 'working';
  }

  /** `outside`: it was not decided upon, because the room is to be entered anew first. */
  async #sendOne(entry: OutboxEntry, mayEnterAnew: boolean): Promise<'decided' | 'outside'> {
    const { store, send, now, chance, onChange, onAccepted, onSignedOut } = this.#deps;
    const { messageId } = entry;
    await store.change(messageId, (held) => ({ ...held, state: { type: 'sending', since: now() } }));
    onChange();
    const outcome = await send(entry);
    if (mayEnterAnew && outcome.type === 'refused' && outcome.refusal.code === 'NOT_IN_ROOM') {
      await store.change(messageId, toKept);
      return 'outside';
    }

    const verdict = afterSending(entry, outcome, { now: now(), chance: chance() });
    switch (verdict.type) {
      case 'gone':
        await store.remove(messageId);
        onAccepted(entry, verdict.seq);
        break;
      case 'signedOut':
        if (this.#state === 'working') this.#state = 'signedOut';
        await store.change(messageId, toKept);
        onSignedOut();
        break;
      case 'stays':
        await store.change(messageId, (held) => ({ ...held, tries: verdict.tries, state: verdict.state }));
        break;
    }
    onChange();
    return 'decided';
  }

  #roomOf(conversationId: ConversationId): Room {
    const { enter, after } = this.#deps;
    let leave: (() => void) | null = null;
    return {
      enter: async () => {
        leave ??= await enter(conversationId, false);
      },
      enterAnew: async () => {
        leave?.();
        leave = await enter(conversationId, true);
        await new Promise<void>((resolve) => void after(SETTLING_MS, resolve));
      },
      leave: () => leave?.(),
    };
  }
}

interface Room {
  enter: () => Promise<void>;
  enterAnew: () => Promise<void>;
  leave: () => void;
}

const toKept = (held: OutboxEntry): OutboxEntry => ({ ...held, state: { type: 'kept' } });

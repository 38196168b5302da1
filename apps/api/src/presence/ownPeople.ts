import { type Availability, type ConversationId, type Operator, type OperatorId, TYPING_MS } from '@sala/contracts';
import type { Attendance, Word } from '../bus/bus.ts';
import { isNewer } from './attendances.ts';

/** A page that reloads is gone for a moment; only who stays away this long has left the desk. */
const LEAVE_AFTER_MS = 3_000;

/** A word given to a server where no tab of the operator's is: kept until it has been heard, or called for. */
const WORD_LINGERS_MS = 10_000;

type Visit = { stays: number; views: number };

type Own = {
  operator: Operator;
  word: Word;
  tabs: number;
  leaving: NodeJS.Timeout | undefined;
  rooms: Map<ConversationId, Visit>;
  typing: Map<ConversationId, NodeJS.Timeout>;
  lingering: Set<NodeJS.Timeout>;
};

/**
 * The operators whose tabs are connected to this server, or whose calls it answers. Every change of where one of them
 * is goes to `changed`.
 */
export class OwnPeople {
  readonly #people = new Map<OperatorId, Own>();
  readonly #clock: () => Date;
  readonly #changed: (operatorId: OperatorId) => void;

  constructor(clock: () => Date, changed: (operatorId: OperatorId) => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  get attendances(): Attendance[] {
    return [...this.#people.values()].map(attendanceOf);
  }

  attendanceOf(operatorId: OperatorId): Attendance | null {
    const own = this.#people.get(operatorId);
    return own ? attendanceOf(own) : null;
  }

  /** One tab has the desk open until the answer is disposed of, and a while longer. `word` is the newest that is known. */
  arrive(operator: Operator, word: Word, lingerMs: number): Disposable {
    const own = this.#of(operator);
    clearTimeout(own.leaving);
    own.leaving = undefined;
    own.tabs += 1;
    if (isNewer(word, own.word)) own.word = word;
    this.#changed(operator.operatorId);
    return until(() => {
      own.tabs -= 1;
      if (own.tabs > 0 || !this.#isKnown(own)) return;
      own.leaving = setTimeout(
        () => {
          own.leaving = undefined;
          this.#settle(own);
        },
        Math.max(LEAVE_AFTER_MS, lingerMs),
      );
    });
  }

  enter(operator: Operator, conversationId: ConversationId, lingerMs: number): Disposable {
    return this.#visit(operator, conversationId, lingerMs, 'stays');
  }

  view(operator: Operator, conversationId: ConversationId, lingerMs: number): Disposable {
    return this.#visit(operator, conversationId, lingerMs, 'views');
  }

  say(operator: Operator, availability: Availability): void {
    const own = this.#of(operator);
    own.word = { availability, at: this.#clock().getTime() };
    this.#changed(operator.operatorId);
    // Said over a call, while their tabs are on another server: it is repeated until that one must have heard it.
    if (isNowhere(own)) this.#linger(own, WORD_LINGERS_MS, () => undefined);
  }

  /** Another server has it from the operator: of two words the newer counts, here as well. */
  hearWord(operatorId: OperatorId, word: Word): void {
    const own = this.#people.get(operatorId);
    if (!own || !isNewer(word, own.word)) return;
    own.word = word;
    this.#changed(operatorId);
  }

  type(operator: Operator, conversationId: ConversationId, isTyping: boolean): void {
    const own = this.#of(operator);
    const was = own.typing.get(conversationId);
    clearTimeout(was);
    own.typing.delete(conversationId);
    if (isTyping) {
      const stop = () => {
        own.typing.delete(conversationId);
        this.#settle(own);
      };
      own.typing.set(conversationId, setTimeout(stop, TYPING_MS));
    }
    if (isTyping !== (was !== undefined)) this.#settle(own);
    else if (isNowhere(own)) this.#people.delete(operator.operatorId);
  }

  /** They said so to another server. */
  stopTyping(operatorId: OperatorId, conversationId: ConversationId): void {
    const own = this.#people.get(operatorId);
    if (own?.typing.has(conversationId)) this.type(own.operator, conversationId, false);
  }

  close(): void {
    for (const { leaving, typing, lingering } of this.#people.values()) {
      for (const timer of [leaving, ...typing.values(), ...lingering]) clearTimeout(timer);
    }
    this.#people.clear();
  }

  #visit(operator: Operator, conversationId: ConversationId, lingerMs: number, what: keyof Visit): Disposable {
    const own = this.#of(operator);
    const visit = own.rooms.get(conversationId) ?? { stays: 0, views: 0 };
    own.rooms.set(conversationId, visit);
    visit[what] += 1;
    if (visit[what] === 1) this.#changed(operator.operatorId);
    const end = () => {
      visit[what] -= 1;
      if (visit.stays === 0 && visit.views === 0) own.rooms.delete(conversationId);
      if (visit[what] === 0) this.#settle(own);
    };
    return until(() => {
      if (lingerMs === 0 || !this.#isKnown(own)) return end();
      this.#linger(own, lingerMs, end);
    });
  }

  #linger(own: Own, ms: number, end: () => void): void {
    const timer = setTimeout(() => {
      own.lingering.delete(timer);
      end();
      this.#settle(own);
    }, ms);
    own.lingering.add(timer);
  }

  #of(operator: Operator): Own {
    const { operatorId, name, role } = operator;
    const known = this.#people.get(operatorId);
    if (known) return known;
    const word: Word = { availability: 'online', at: -1 };
    const own: Own = {
      // What colleagues are told of them, and nothing else that a caller carries.
      operator: { operatorId, name, role },
      word,
      tabs: 0,
      leaving: undefined,
      rooms: new Map(),
      typing: new Map(),
      lingering: new Set(),
    };
    this.#people.set(operatorId, own);
    return own;
  }

  /** After something ended: who is nowhere any more is forgotten. */
  #settle(own: Own): void {
    if (!this.#isKnown(own)) return;
    const { operatorId } = own.operator;
    if (isNowhere(own)) this.#people.delete(operatorId);
    this.#changed(operatorId);
  }

  /** Not when this server has closed meanwhile, or when they left and came back. */
  #isKnown(own: Own): boolean {
    return this.#people.get(own.operator.operatorId) === own;
  }
}

const isNowhere = ({ tabs, leaving, rooms, typing, lingering }: Own): boolean =>
  tabs === 0 && leaving === undefined && rooms.size === 0 && typing.size === 0 && lingering.size === 0;

/** A room counts as open while a tab stays in it; one that is only looked at through the window does not. */
const attendanceOf = ({ operator, word, tabs, leaving, rooms, typing }: Own): Attendance => ({
  operator,
  word,
  onDesk: tabs > 0 || leaving !== undefined,
  rooms: [...rooms]
    .filter(([, { stays }]) => stays > 0)
    .map(([conversationId, { views }]) => ({ conversationId, viewing: views > 0 })),
  typingIn: [...typing.keys()],
});

/** Something that ends once, however often it is told to. */
function until(end: () => void): Disposable {
  let isOver = false;
  return {
    [Symbol.dispose]: () => {
      if (isOver) return;
      isOver = true;
      end();
    },
  };
}

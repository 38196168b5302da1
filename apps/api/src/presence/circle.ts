import type { OperatorId } from '@sala/contracts';
import { Audience, type Untold } from '../wire/audience.ts';
import type { Wire } from '../wire/wire.ts';

/** Whoever does not read gets a fresh snapshot instead of an endless list. */
const MAX_UNTOLD = 100;

/** How a change of one person is told: who came, is otherwise now, or left. */
export type Told<Person> =
  | { type: 'snapshot'; people: Person[] }
  | { type: 'came'; person: Person }
  | { type: 'changed'; person: Person }
  | { type: 'left'; operatorId: OperatorId };

type CircleOptions<Person, Change> = {
  look: (operatorId: OperatorId) => Person | null;
  everybody: () => Person[];
  /** How it is said to those who follow. */
  say: (told: Told<Person>) => Change;
};

/**
 * People somewhere (on the desk, in a room) and those who follow who they are. Changes are marked as they happen, and
 * told together by `tell`: each person once, as they are then, and not at all when they are as before.
 */
export class Circle<Person extends { operatorId: OperatorId }, Change> {
  readonly #options: CircleOptions<Person, Change>;
  readonly #audience = new Audience<Change>();
  readonly #marked = new Set<OperatorId>();
  readonly #waiting = new Set<() => void>();
  readonly #told: Map<OperatorId, Person>;

  constructor(options: CircleOptions<Person, Change>) {
    this.#options = options;
    this.#told = new Map(options.everybody().map((person) => [person.operatorId, person]));
  }

  get isFollowed(): boolean {
    return this.#audience.size > 0;
  }

  /** Something about this operator may have changed. */
  mark(operatorId: OperatorId): void {
    this.#marked.add(operatorId);
  }

  /** Tells every follower what has changed since it was told last. */
  tell(): void {
    const changes = [...this.#marked].flatMap((operatorId) => this.#changeOf(operatorId) ?? []);
    this.#marked.clear();
    if (changes.length > 0) this.#audience.tell(changes.map(this.#options.say));
    for (const wake of this.#waiting) wake();
  }

  /** Who is there now, and then every change, until `signal` ends it. */
  follow(wire: Wire | undefined, signal: AbortSignal): AsyncGenerator<readonly Change[]> {
    const untold = new UntoldPeople(() => this.#snapshot());
    const first = async () => {
      // What is marked is about to be told to all: a snapshot taken before would be followed by what it holds already.
      if (this.#marked.size > 0) await this.#tellingOr(signal);
      untold.take();
      return [this.#snapshot()];
    };
    return this.#audience.follow({ untold, first, wire, signal });
  }

  /** Resolves when what is marked has been told, or on abort. */
  #tellingOr(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      if (signal.aborted) wake();
      else signal.addEventListener('abort', wake);
    });
  }

  #snapshot(): Change {
    return this.#options.say({ type: 'snapshot', people: this.#options.everybody() });
  }

  #changeOf(operatorId: OperatorId): Told<Person> | null {
    const [before, person] = [this.#told.get(operatorId), this.#options.look(operatorId)];
    if (!person) return this.#told.delete(operatorId) ? { type: 'left', operatorId } : null;
    this.#told.set(operatorId, person);
    if (!before) return { type: 'came', person };
    return JSON.stringify(before) === JSON.stringify(person) ? null : { type: 'changed', person };
  }
}

class UntoldPeople<Change> implements Untold<Change> {
  readonly #snapshot: () => Change;
  #changes: Change[] = [];

  constructor(snapshot: () => Change) {
    this.#snapshot = snapshot;
  }

  put(change: Change): void {
    this.#changes.push(change);
    if (this.#changes.length > MAX_UNTOLD) this.#changes = [this.#snapshot()];
  }

  take(): Change[] {
    return this.#changes.splice(0);
  }
}

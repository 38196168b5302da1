import { type OperatorId } from '@sala/contracts';

/** Whoever does not read gets a fresh snapshot instead of an endless list. */
const MAX_UNTOLD = 100;

/** How a change of one person is told: who came, is otherwise now, or left. */
export type Told<Person> =
  | { type: 'snapshot'; people: Person[] }
  | { type: 'came'; person: Person }
  | { type: 'changed'; person: Person }
  | { type: 'left'; operatorId: OperatorId };

type Follower<Person> = {
  untold: Told<Person>[];
  wake: (() => void) | null;
};

/**
 * People somewhere (on the desk, in a room) and those who follow who they are. Changes are marked as they happen, and
 * told together by `tell`: each person once, as they are then, and not at all when they are as before.
 */
export class Circle<Person extends { operatorId: OperatorId }> {
  readonly #look: (operatorId: OperatorId) => Person | null;
  readonly #everybody: () => Person[];
  readonly #followers = new Set<Follower<Person>>();
  readonly #marked = new Set<OperatorId>();
  #told: Map<OperatorId, Person>;

  constructor(look: (operatorId: OperatorId) => Person | null, everybody: () => Person[]) {
    this.#look = look;
    this.#everybody = everybody;
    this.#told = this.#now();
  }

  get isFollowed(): boolean {
    return this.#followers.size > 0;
  }

  /** Something about this operator may have changed. */
  mark(operatorId: OperatorId): void {
    this.#marked.add(operatorId);
  }

  /** Tells every follower what has changed since it was told last. */
  tell(): void {
    for (const operatorId of this.#marked) {
      const change = this.#changeOf(operatorId);
      if (!change) continue;
      for (const follower of this.#followers) this.#put(follower, change);
    }
    this.#marked.clear();
  }

  /** Who is there now, and then every change, until `signal` ends it. */
  async *follow(signal: AbortSignal): AsyncGenerator<Told<Person>> {
    // What the others are told later must begin where this snapshot does.
    this.tell();
    const follower: Follower<Person> = { untold: [], wake: null };
    this.#followers.add(follower);
    const wake = () => follower.wake?.();
    signal.addEventListener('abort', wake, { once: true });
    try {
      yield { type: 'snapshot', people: this.#everybody() };
      while (!signal.aborted) {
        yield* follower.untold.splice(0);
        if (follower.untold.length === 0 && !signal.aborted) {
          await new Promise<void>((resolve) => (follower.wake = resolve));
        }
      }
    } finally {
      signal.removeEventListener('abort', wake);
      this.#followers.delete(follower);
    }
  }

  #changeOf(operatorId: OperatorId): Told<Person> | null {
    const [before, person] = [this.#told.get(operatorId), this.#look(operatorId)];
    if (!person) return this.#told.delete(operatorId) ? { type: 'left', operatorId } : null;
    this.#told.set(operatorId, person);
    if (!before) return { type: 'came', person };
    return JSON.stringify(before) === JSON.stringify(person) ? null : { type: 'changed', person };
  }

  #put(follower: Follower<Person>, change: Told<Person>): void {
    follower.untold.push(change);
    if (follower.untold.length > MAX_UNTOLD) follower.untold = [{ type: 'snapshot', people: this.#everybody() }];
    follower.wake?.();
  }

  #now(): Map<OperatorId, Person> {
    return new Map(this.#everybody().map((person) => [person.operatorId, person]));
  }
}

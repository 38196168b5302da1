import { z } from 'zod';
import type { Ids } from '../ids.ts';
import { UserId } from './channels.ts';

/** Enough for a load test; the phone's list shows the newest few hundred. */
export const MAX_PEOPLE = 50_000;

/** A person with a LINE account. Their user id is the same for every channel: all belong to one provider. */
export const NewPerson = z.object({
  userId: UserId.optional(),
  displayName: z.string().min(1).max(100),
  /** Left out, a portrait is drawn for them; `null` for somebody without a picture. */
  pictureUrl: z.url().max(1_000).nullable().optional(),
  /** BCP 47. */
  language: z.string().max(35).optional(),
  statusMessage: z.string().max(500).optional(),
  /** `false` for somebody who has not added the accounts. They become a friend by `follow`. */
  friend: z.boolean().optional(),
});
export type NewPerson = z.input<typeof NewPerson>;
export type Person = Omit<NewPerson, 'userId' | 'friend'> & { userId: string; friend: boolean };

export type Friendship = 'friend' | 'blocked' | 'stranger';
type Tie = { friendship: Friendship; lastWroteAt: number | null };

/** A stranger who wrote this recently can still be reached, and a little is known of them. */
const STRANGER_REACHABLE_MS = 7 * 24 * 60 * 60 * 1000;

export class People {
  readonly #byUserId = new Map<string, Person>();
  readonly #ties = new Map<string, Tie>();
  readonly #ids: Ids;

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  /** Adds a person; one with the same user id takes the new name and picture. */
  put(person: NewPerson): Person {
    const userId = person.userId ?? this.#ids.user();
    if (!this.#byUserId.has(userId) && this.#byUserId.size >= MAX_PEOPLE) {
      throw new RangeError(`No more than ${MAX_PEOPLE} people`);
    }
    const added = { ...person, userId, friend: person.friend ?? true };
    this.#byUserId.set(userId, added);
    return added;
  }

  get(userId: string): Person | undefined {
    return this.#byUserId.get(userId);
  }

  /** The newest `count`, oldest first. */
  newest(count: number): Person[] {
    return [...this.#byUserId.values()].slice(-count);
  }

  friendship(channelId: string, person: Person): Friendship {
    return this.#tie(channelId, person).friendship;
  }

  setFriendship(channelId: string, person: Person, friendship: Friendship): void {
    this.#ties.set(tieKey(channelId, person), { ...this.#tie(channelId, person), friendship });
  }

  wrote(channelId: string, person: Person, at: number): void {
    this.#ties.set(tieKey(channelId, person), { ...this.#tie(channelId, person), lastWroteAt: at });
  }

  /** Whether a message from the channel arrives on this person's phone. */
  isReachable(channelId: string, person: Person, now: number): boolean {
    const { friendship, lastWroteAt } = this.#tie(channelId, person);
    if (friendship !== 'stranger') return friendship === 'friend';
    return lastWroteAt !== null && now - lastWroteAt < STRANGER_REACHABLE_MS;
  }

  /** Whether the channel may read this person's profile: friends, and strangers who have written. */
  isKnown(channelId: string, person: Person): boolean {
    const { friendship, lastWroteAt } = this.#tie(channelId, person);
    return friendship === 'friend' || (friendship === 'stranger' && lastWroteAt !== null);
  }

  #tie(channelId: string, person: Person): Tie {
    const untouched: Tie = { friendship: person.friend ? 'friend' : 'stranger', lastWroteAt: null };
    return this.#ties.get(tieKey(channelId, person)) ?? untouched;
  }
}

const tieKey = (channelId: string, { userId }: Person) => `${channelId}/${userId}`;

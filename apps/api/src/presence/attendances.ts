import type { ConversationId, OnDesk, OperatorId, RoomMember } from '@sala/contracts';
import type { Attendance, ServerId, Word } from '../bus/bus.ts';

/** What every server has said of who is here, and what follows from it. An operator counts once, wherever their tabs are. */
export class Attendances {
  readonly #byServer = new Map<ServerId, Map<OperatorId, Known>>();

  put(serverId: ServerId, attendance: Attendance): void {
    const known = this.#byServer.get(serverId) ?? new Map<OperatorId, Known>();
    const viewing = new Map(attendance.rooms.map((room) => [room.conversationId, room.viewing]));
    this.#byServer.set(serverId, known.set(attendance.operator.operatorId, { attendance, viewing }));
  }

  remove(serverId: ServerId, operatorId: OperatorId): void {
    const known = this.#byServer.get(serverId);
    known?.delete(operatorId);
    if (known?.size === 0) this.#byServer.delete(serverId);
  }

  /** Everything one server knows, in place of what it said before. */
  replace(serverId: ServerId, attendances: readonly Attendance[]): void {
    this.#byServer.delete(serverId);
    for (const attendance of attendances) this.put(serverId, attendance);
  }

  of(serverId: ServerId): readonly Attendance[] {
    return [...(this.#byServer.get(serverId)?.values() ?? [])].map(({ attendance }) => attendance);
  }

  /** What one server said of one operator. */
  get(serverId: ServerId, operatorId: OperatorId): Attendance | null {
    return this.#byServer.get(serverId)?.get(operatorId)?.attendance ?? null;
  }

  /** The operator, as every server that knows of them does. */
  #everywhere(operatorId: OperatorId): Known[] {
    return [...this.#byServer.values()].flatMap((known) => known.get(operatorId) ?? []);
  }

  /** The operator on the desk, with the newest of their words; null when no tab is open anywhere. */
  onDesk(operatorId: OperatorId): OnDesk | null {
    const attendances = this.#everywhere(operatorId).map(({ attendance }) => attendance);
    const here = attendances.find(({ onDesk }) => onDesk);
    if (!here) return null;
    return { ...here.operator, availability: this.word(operatorId)!.availability };
  }

  /** The newest of an operator's words; null for who is nowhere. */
  word(operatorId: OperatorId): Word | null {
    const words = this.#everywhere(operatorId).map(({ attendance }) => attendance.word);
    return words.reduce<Word | null>((newest, word) => (newest && !isNewer(word, newest) ? newest : word), null);
  }

  /** The operator in a room; null when none of their tabs has it open. */
  member(operatorId: OperatorId, conversationId: ConversationId): RoomMember | null {
    const everywhere = this.#everywhere(operatorId);
    if (!everywhere.some(({ viewing }) => viewing.has(conversationId))) return null;
    return {
      operatorId,
      viewing: everywhere.some(({ viewing }) => viewing.get(conversationId)),
      typing: everywhere.some(({ attendance }) => attendance.typingIn.includes(conversationId)),
    };
  }

  /** Everybody known to any server. */
  get operatorIds(): ReadonlySet<OperatorId> {
    return new Set([...this.#byServer.values()].flatMap((known) => [...known.keys()]));
  }

  /** How many entries are kept: one for each operator on each server. */
  get size(): number {
    return [...this.#byServer.values()].reduce((sum, known) => sum + known.size, 0);
  }
}

/** What was said of an operator, with the rooms at hand: an act asks whether they are in one. */
type Known = { attendance: Attendance; viewing: ReadonlyMap<ConversationId, boolean> };

/** Of two words the later counts; of two that are as old, the same one on every server. */
export const isNewer = (word: Word, than: Word): boolean =>
  word.at === than.at ? word.availability < than.availability : word.at > than.at;

/** The rooms that an attendance speaks of. */
export const roomsOf = ({ rooms, typingIn }: Pick<Attendance, 'rooms' | 'typingIn'>): ConversationId[] => [
  ...rooms.map(({ conversationId }) => conversationId),
  ...typingIn,
];

import type { ConversationId, OnDesk, OperatorId, RoomMember } from '@sala/contracts';
import type { Attendance, ServerId } from '../bus/bus.ts';

/** What every server has said of who is here, and what follows from it. An operator counts once, wherever their tabs are. */
export class Attendances {
  readonly #byServer = new Map<ServerId, Map<OperatorId, Attendance>>();

  put(serverId: ServerId, attendance: Attendance): void {
    const known = this.#byServer.get(serverId) ?? new Map<OperatorId, Attendance>();
    this.#byServer.set(serverId, known.set(attendance.operator.operatorId, attendance));
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
    return [...(this.#byServer.get(serverId)?.values() ?? [])];
  }

  /** One operator's, on every server that knows of them. */
  ofOperator(operatorId: OperatorId): Attendance[] {
    return [...this.#byServer.values()].flatMap((known) => known.get(operatorId) ?? []);
  }

  /** The operator on the desk, with the newest of their words; null when no tab is open anywhere. */
  onDesk(operatorId: OperatorId): OnDesk | null {
    const attendances = this.ofOperator(operatorId);
    const here = attendances.find(({ onDesk }) => onDesk);
    if (!here) return null;
    const { word } = attendances.reduce((newest, one) => (one.word.at > newest.word.at ? one : newest));
    return { ...here.operator, availability: word.availability };
  }

  /** The operator in a room; null when none of their tabs has it open. */
  member(operatorId: OperatorId, conversationId: ConversationId): RoomMember | null {
    const attendances = this.ofOperator(operatorId);
    const visits = attendances.flatMap(({ rooms }) => rooms.filter((room) => room.conversationId === conversationId));
    if (visits.length === 0) return null;
    return {
      operatorId,
      viewing: visits.some(({ viewing }) => viewing),
      typing: attendances.some(({ typingIn }) => typingIn.includes(conversationId)),
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

/** The rooms that an attendance speaks of. */
export const roomsOf = ({ rooms, typingIn }: Pick<Attendance, 'rooms' | 'typingIn'>): ConversationId[] => [
  ...rooms.map(({ conversationId }) => conversationId),
  ...typingIn,
];

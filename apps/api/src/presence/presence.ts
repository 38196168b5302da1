import {
  type Availability,
  type ConversationId,
  type OnDesk,
  type Operator,
  type OperatorId,
  type PresenceChange,
  type RoomMember,
  type RoomPresenceChange,
} from '@sala/contracts';
import { type Bus, DESK, type RollMessage } from '../bus/bus.ts';
import { Attendances, isNewer, roomsOf } from './attendances.ts';
import { Circle, type Told } from './circle.ts';
import type { Wire } from '../wire/wire.ts';
import { OwnPeople } from './ownPeople.ts';

/** Changes within this time are told together. */
const COALESCE_MS = 100;

/** How long an act waits to have heard what the other servers have said of its operator. */
const HEAR_WITHIN_MS = 500;

/** How somebody follows: where to, and for how long they count as there after the stream has ended. */
type Following = { lingerMs: number; wire: Wire | undefined };

/**
 * Who is here, on all servers. Each server tells the others where its own people are, and all of it again when it is
 * called for; what a server said holds until it is gone. Nothing is stored anywhere.
 */
export class Presence {
  readonly #bus: Bus;
  readonly #attendances = new Attendances();
  readonly #own: OwnPeople;
  readonly #desk: Circle<OnDesk, PresenceChange>;
  readonly #rooms = new Map<ConversationId, Circle<RoomMember, RoomPresenceChange>>();
  readonly #touched = new Set<{ tell: () => void }>();
  readonly #unlisten: (() => void)[];
  #timer: NodeJS.Timeout | undefined;

  constructor({ bus, clock }: { bus: Bus; clock: () => Date }) {
    this.#bus = bus;
    this.#own = new OwnPeople(clock, (operatorId) => this.#tellOthers(operatorId));
    this.#desk = new Circle({
      look: (operatorId) => this.#attendances.onDesk(operatorId),
      everybody: () => this.operators,
      say: asPresenceChange,
    });
    this.#unlisten = [
      bus.listen('roll', DESK, (message) => this.#hear(message)),
      bus.onGone((serverId) => this.#replace(serverId, [])),
      bus.onGap(() => bus.publish('roll', DESK, { type: 'call' })),
    ];
    bus.publish('roll', DESK, { type: 'call' });
  }

  /** Who is on the desk now. */
  get operators(): OnDesk[] {
    return [...this.#attendances.operatorIds].flatMap((operatorId) => this.#attendances.onDesk(operatorId) ?? []);
  }

  /** How much is kept: nothing, once everybody has left. */
  get size(): number {
    return this.#attendances.size + this.#rooms.size;
  }

  /** The snapshot, then who comes, changes and leaves, until `signal` ends it. The follower is on the desk meanwhile. */
  async *follow(
    operator: Operator,
    { availability, lingerMs, wire }: { availability?: Availability | undefined } & Following,
    signal: AbortSignal,
  ): AsyncGenerator<readonly PresenceChange[]> {
    const known = this.#attendances.word(operator.operatorId);
    const hinted = { availability: availability ?? 'online', at: 0 } as const;
    using _tab = this.#own.arrive(operator, known && !isNewer(hinted, known) ? known : hinted, lingerMs);
    yield* this.#desk.follow(wire, signal);
  }

  /** Who is in a room, then who joins, changes and leaves, until `signal` ends it. `viewing`: the follower looks at it meanwhile. */
  async *followRoom(
    operator: Operator,
    { conversationId, viewing, lingerMs, wire }: { conversationId: ConversationId; viewing: boolean } & Following,
    signal: AbortSignal,
  ): AsyncGenerator<readonly RoomPresenceChange[]> {
    using _view = viewing ? this.#own.view(operator, conversationId, lingerMs) : null;
    const circle = this.#circleOf(conversationId);
    try {
      yield* circle.follow(wire, signal);
    } finally {
      if (!circle.isFollowed && this.#rooms.get(conversationId) === circle) this.#rooms.delete(conversationId);
    }
  }

  /** The operator is in the room until the answer is disposed of, and `lingerMs` longer. */
  enter(operator: Operator, conversationId: ConversationId, lingerMs = 0): Disposable {
    return this.#own.enter(operator, conversationId, lingerMs);
  }

  /** The operator's own word on whether they take conversations. */
  say(operator: Operator, availability: Availability): void {
    this.#own.say(operator, availability);
  }

  /** The operator types in the room, for the next 3 s unless it is said again; or no longer does. */
  type(operator: Operator, conversationId: ConversationId, isTyping: boolean): void {
    this.#own.type(operator, conversationId, isTyping);
    const { operatorId } = operator;
    if (!isTyping && this.#isTyping(operatorId, conversationId)) {
      this.#bus.publish('roll', DESK, { type: 'stopped', operatorId, conversationId });
    }
  }

  /** Whether the operator is known to be in the room. */
  isHere(operatorId: OperatorId, conversationId: ConversationId): boolean {
    return this.#attendances.member(operatorId, conversationId) !== null;
  }

  /**
   * Whether the operator is in the room, in any tab, on any server. A room opened on another server a moment ago may not
   * have been heard of yet; while the others may not be heard at all, nobody is refused for it.
   */
  async isIn(operatorId: OperatorId, conversationId: ConversationId): Promise<boolean> {
    // Twice: what the other server was about to say when the first question was asked comes before the second.
    for (let look = 0; look < 2; look += 1) {
      if (this.isHere(operatorId, conversationId)) return true;
      if (!(await this.#bus.hasHeardAll(HEAR_WITHIN_MS))) return true;
    }
    return this.isHere(operatorId, conversationId);
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const unlisten of this.#unlisten) unlisten();
    this.#own.close();
    this.#tellRoll();
  }

  #tellOthers(operatorId: OperatorId): void {
    const { serverId } = this.#bus;
    const attendance = this.#own.attendanceOf(operatorId);
    // Heard by this server, too, and in the same turn.
    this.#bus.publish(
      'roll',
      DESK,
      attendance ? { type: 'attends', serverId, attendance } : { type: 'left', serverId, operatorId },
    );
  }

  /** Also of nobody: who has left, and was not heard to, is in it no longer. */
  #tellRoll(): void {
    const { serverId } = this.#bus;
    this.#bus.publish('roll', DESK, { type: 'roll', serverId, attendances: this.#own.attendances });
  }

  #isTyping(operatorId: OperatorId, conversationId: ConversationId): boolean {
    return this.#attendances.member(operatorId, conversationId)?.typing ?? false;
  }

  #hear(message: RollMessage): void {
    switch (message.type) {
      case 'call':
        return this.#tellRoll();
      case 'stopped':
        return this.#own.stopTyping(message.operatorId, message.conversationId);
      case 'roll':
        return this.#replace(message.serverId, message.attendances);
      case 'attends': {
        const { operatorId } = message.attendance.operator;
        const before = this.#attendances.get(message.serverId, operatorId);
        this.#attendances.put(message.serverId, message.attendance);
        this.#own.hearWord(operatorId, message.attendance.word);
        return this.#mark(operatorId, [...(before ? roomsOf(before) : []), ...roomsOf(message.attendance)]);
      }
      case 'left': {
        const before = this.#attendances.get(message.serverId, message.operatorId);
        this.#attendances.remove(message.serverId, message.operatorId);
        return this.#mark(message.operatorId, before ? roomsOf(before) : []);
      }
    }
  }

  #replace(serverId: string, attendances: Parameters<Attendances['replace']>[1]): void {
    const before = this.#attendances.of(serverId);
    this.#attendances.replace(serverId, attendances);
    for (const one of attendances) this.#own.hearWord(one.operator.operatorId, one.word);
    for (const one of [...before, ...attendances]) this.#mark(one.operator.operatorId, roomsOf(one));
  }

  /** What concerns these is told soon, together with what else happens until then. */
  #mark(operatorId: OperatorId, rooms: readonly ConversationId[]): void {
    const circles = [this.#desk, ...rooms.flatMap((conversationId) => this.#rooms.get(conversationId) ?? [])];
    for (const circle of circles) {
      circle.mark(operatorId);
      this.#touched.add(circle);
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const circle of this.#touched) circle.tell();
      this.#touched.clear();
    }, COALESCE_MS);
  }

  #circleOf(conversationId: ConversationId): Circle<RoomMember, RoomPresenceChange> {
    const known = this.#rooms.get(conversationId);
    if (known) return known;
    const look = (operatorId: OperatorId) => this.#attendances.member(operatorId, conversationId);
    const everybody = () => [...this.#attendances.operatorIds].flatMap((one) => look(one) ?? []);
    const circle = new Circle({ look, everybody, say: asRoomPresenceChange });
    this.#rooms.set(conversationId, circle);
    return circle;
  }
}

function asPresenceChange(told: Told<OnDesk>): PresenceChange {
  switch (told.type) {
    case 'snapshot':
      return { type: 'snapshot', operators: told.people };
    case 'came':
      return { type: 'arrived', operator: told.person };
    case 'changed':
      return { type: 'changed', operator: told.person };
    case 'left':
      return told;
  }
}

function asRoomPresenceChange(told: Told<RoomMember>): RoomPresenceChange {
  switch (told.type) {
    case 'snapshot':
      return { type: 'snapshot', members: told.people };
    case 'came':
      return { type: 'joined', member: told.person };
    case 'changed':
      return { type: 'changed', member: told.person };
    case 'left':
      return told;
  }
}

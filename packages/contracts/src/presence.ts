import { z } from 'zod';
import { OperatorId } from './id.ts';
import { Operator } from './operator.ts';

/** Whether an operator who has the desk open takes conversations. Their own word, and their word alone. */
export const Availability = z.enum(['online', 'away', 'offline']);
export type Availability = z.infer<typeof Availability>;

/** An operator who has the desk open, in however many tabs, on whichever server. */
export const OnDesk = Operator.extend({ availability: Availability });
export type OnDesk = z.infer<typeof OnDesk>;

/** A change of who is on the desk: a snapshot is said first, then who came, who changed and who left. */
export const PresenceChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), operators: z.array(OnDesk) }),
  z.object({ type: z.literal('arrived'), operator: OnDesk }),
  z.object({ type: z.literal('changed'), operator: OnDesk }),
  z.object({ type: z.literal('left'), operatorId: OperatorId }),
]);
export type PresenceChange = z.infer<typeof PresenceChange>;

/** One word of `presence.follow`: everything that changed since the last, in order. */
export type PresenceChanges = readonly PresenceChange[];

/**
 * Opens the desk. `availability` is what this tab last knew: it counts only where no server knows better, so that
 * nobody who said "away" is "online" because a server was restarted.
 */
export const FollowPresence = z.strictObject({ availability: Availability.optional() }).default({});
export type FollowPresence = z.infer<typeof FollowPresence>;

export const SetPresence = z.strictObject({ availability: Availability });
export type SetPresence = z.infer<typeof SetPresence>;

/** An operator in a room: `viewing` while one of their tabs shows it, `typing` for 3 s after they last said so. */
export const RoomMember = z.object({ operatorId: OperatorId, viewing: z.boolean(), typing: z.boolean() });
export type RoomMember = z.infer<typeof RoomMember>;

/** A change of who is in a room: a snapshot is said first, then who joined, changed and left. The follower is among them. */
export const RoomPresenceChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), members: z.array(RoomMember) }),
  z.object({ type: z.literal('joined'), member: RoomMember }),
  z.object({ type: z.literal('changed'), member: RoomMember }),
  z.object({ type: z.literal('left'), operatorId: OperatorId }),
]);
export type RoomPresenceChange = z.infer<typeof RoomPresenceChange>;

/** One word of `room.presence`: everything that changed since the last, in order. */
export type RoomPresenceChanges = readonly RoomPresenceChange[];

/** Applies changes to the operators held. A repeated change is harmless. */
export const applyPresence = (held: readonly OnDesk[], changes: PresenceChanges): OnDesk[] =>
  changes.reduce(presenceAfter, [...held]);

function presenceAfter(held: readonly OnDesk[], change: PresenceChange): OnDesk[] {
  switch (change.type) {
    case 'snapshot':
      return change.operators;
    case 'arrived':
    case 'changed':
      return put(held, change.operator);
    case 'left':
      return held.filter((one) => one.operatorId !== change.operatorId);
  }
}

/** Applies changes to the members held. A repeated change is harmless. */
export const applyRoomPresence = (held: readonly RoomMember[], changes: RoomPresenceChanges): RoomMember[] =>
  changes.reduce(membersAfter, [...held]);

function membersAfter(held: readonly RoomMember[], change: RoomPresenceChange): RoomMember[] {
  switch (change.type) {
    case 'snapshot':
      return change.members;
    case 'joined':
    case 'changed':
      return put(held, change.member);
    case 'left':
      return held.filter((one) => one.operatorId !== change.operatorId);
  }
}

/** Keeps the place of one who is there already: faces do not jump when somebody types. */
function put<Person extends { operatorId: OperatorId }>(held: readonly Person[], person: Person): Person[] {
  const at = held.findIndex((one) => one.operatorId === person.operatorId);
  return at < 0 ? [...held, person] : held.with(at, person);
}

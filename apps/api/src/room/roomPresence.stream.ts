import type { FollowRoomPresence, RoomPresenceChange } from '@sala/contracts';
import { type Caller, lingerMs } from '../deps.ts';
import { Sighted } from './sighted.ts';
import { type Looker, seenRoom, sightFor } from './seen.ts';

/**
 * Who is in a room, and who joins, changes and leaves, for as long as the caller sees the room.
 * @throws NOT_FOUND
 */
export function followRoomPresence(caller: Caller, room: FollowRoomPresence, signal: AbortSignal) {
  // A generator keeps what it was given for as long as the room is open, and a caller is a large thing.
  const { db, presence, operator, settings, wire, feeds } = caller;
  return follow({ db, presence, operator, settings, wire, feeds, lingerMs: lingerMs(caller) }, room, signal);
}

type Follower = Looker & Pick<Caller, 'presence' | 'wire' | 'feeds'> & { lingerMs: number };

async function* follow(
  { presence, wire, feeds, lingerMs, ...looker }: Follower,
  { conversationId, viewing }: FollowRoomPresence,
  signal: AbortSignal,
): AsyncGenerator<readonly RoomPresenceChange[]> {
  const sees = await sightFor(looker);
  const { seq, head } = await seenRoom(looker, conversationId);
  using held = feeds.hold(conversationId);
  held.feed.begin(seq, head);
  using sighted = new Sighted(held.feed, { cursor: seq, sees }, signal);
  yield* presence.followRoom(looker.operator, { conversationId, viewing, lingerMs, wire }, sighted.signal);
  sighted.assert();
}

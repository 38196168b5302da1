import { type FollowRoom, refuse, type RoomEvent } from '@sala/contracts';
import { tracked } from '@trpc/server';
import { type Caller, lingerMs } from '../deps.ts';
import { readAfter, readRoom } from '../log/readLog.ts';
import { HandOver } from '../wire/wire.ts';

const REPLAY_PAGE = 200;

/**
 * Every event of a conversation after `lastEventId`, in order and once, for as long as the caller stays: first out of
 * the log, then from the room's feed; the two meet by `seq`. Over a socket the stream then hands its subscription to
 * the feed, which writes the same frames for everybody.
 */
export function followRoom(caller: Caller, from: FollowRoom, signal: AbortSignal) {
  // A generator keeps what it was given for as long as the room is open, and a caller is a large thing.
  const { db, feeds, wire, poll } = caller;
  // Before anything is waited for: a client acts as soon as it is told that its stream has begun.
  const here = caller.presence.enter(caller.operator, from.conversationId, lingerMs(caller));
  if (signal.aborted) here[Symbol.dispose]();
  else signal.addEventListener('abort', () => here[Symbol.dispose](), { once: true });
  return follow({ db, feeds, wire, poll, here }, from, signal);
}

type Follower = Pick<Caller, 'db' | 'feeds' | 'wire' | 'poll'> & { here: Disposable };

async function* follow(caller: Follower, { conversationId, lastEventId }: FollowRoom, signal: AbortSignal) {
  using _here = caller.here;
  await assertInLog(caller, { conversationId, lastEventId });
  let cursor = lastEventId;
  using held = caller.feeds.hold(conversationId);
  const { feed } = held;

  while (!signal.aborted) {
    const events = feed.since(cursor) ?? (await readAfter(caller.db, conversationId, cursor, REPLAY_PAGE));
    for (const event of events) {
      cursor = event.seq;
      yield tracked(String(event.seq), event);
      await caller.wire?.drained(signal);
    }
    if (events.length > 0) continue;
    if (caller.poll) return;
    feed.begin(cursor);
    // Between `since` and `attach` nothing else runs, so no event can fall in between.
    if (caller.wire && feed.since(cursor)?.length === 0) {
      const handOver = new HandOver(signal, (tap) => feed.attach(tap, cursor));
      yield tracked(String(cursor), handOver as unknown as RoomEvent);
      await handOver.ended();
      return;
    }
    await feed.after(cursor, signal);
  }
}

/** A cursor ahead of the log comes from before a restore: only a new beginning can be right. @throws NOT_FOUND, STALE */
async function assertInLog({ db }: Follower, { conversationId, lastEventId }: FollowRoom): Promise<void> {
  const { seq } = (await readRoom(db.pool, conversationId)) ?? refuse({ code: 'NOT_FOUND' });
  if (lastEventId > seq) refuse({ code: 'STALE', seq });
}

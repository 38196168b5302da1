import { type Belonging, belongingAfter, type FollowRoom, refuse, type RoomEvent } from '@sala/contracts';
import { tracked } from '@trpc/server';
import { type Caller, lingerMs } from '../deps.ts';
import { readAfter } from '../log/readLog.ts';
import { HandOver } from '../wire/wire.ts';
import { Sighted } from './sighted.ts';
import { assertSeen, type Looker, seenRoom, type Sees, sightFor } from './seen.ts';

const REPLAY_PAGE = 200;

/**
 * Every event of a conversation after `lastEventId`, in order and once, for as long as the caller stays and sees it: first
 * out of the log, then from the room's feed; the two meet by `seq`. Over a socket the stream then hands its
 * subscription to the feed, which writes the same frames for everybody.
 */
export function followRoom(caller: Caller, from: FollowRoom, signal: AbortSignal) {
  // A generator keeps what it was given for as long as the room is open, and a caller is a large thing.
  const { db, feeds, wire, poll, presence, operator, settings } = caller;
  // Before anything is waited for: a client acts as soon as it is told that its stream has begun. Who turns out not to
  // see the room is out of it at once.
  const enter = (ms: number) => endingWith(signal, presence.enter(operator, from.conversationId, ms));
  const here = enter(0);
  const stay = () => enter(lingerMs({ poll }));
  return follow({ db, feeds, wire, poll, here, stay, begin: begin({ db, operator, settings }, from) }, from, signal);
}

type Beginning = { seq: number; belonging: Belonging; sees: Sees };
type Follower = Pick<Caller, 'db' | 'feeds' | 'wire' | 'poll'> & {
  here: Disposable;
  stay: () => Disposable;
  begin: () => Promise<Beginning>;
};

async function* follow(caller: Follower, { conversationId, lastEventId }: FollowRoom, signal: AbortSignal) {
  using _here = caller.here;
  const { seq, belonging, sees } = await caller.begin();
  using _stay = caller.poll ? caller.stay() : null;
  let [cursor, whose] = [lastEventId, belonging];
  using held = caller.feeds.hold(conversationId);
  const { feed } = held;

  while (!signal.aborted) {
    const events = feed.since(cursor) ?? (await readAfter(caller.db, conversationId, cursor, REPLAY_PAGE));
    for (const event of events) {
      if (event.seq > seq) assertSeen(sees, (whose = belongingAfter(whose, event)));
      cursor = event.seq;
      yield tracked(String(event.seq), event);
      await caller.wire?.drained(signal);
    }
    if (events.length > 0) continue;
    if (caller.poll) return;
    feed.begin(cursor, whose);
    // Between `since` and `attach` nothing else runs, so no event can fall in between.
    if (caller.wire && feed.since(cursor)?.length === 0) {
      using sighted = new Sighted(feed, { cursor, sees }, signal);
      const handOver = new HandOver(sighted.signal, (tap) => feed.attach(tap, cursor));
      yield tracked(String(cursor), handOver as unknown as RoomEvent);
      await handOver.ended();
      return sighted.assert();
    }
    await feed.after(cursor, signal);
  }
}

/** A cursor ahead of the log comes from before a restore: only a new beginning can be right. @throws NOT_FOUND, STALE */
const begin =
  (caller: Looker, { conversationId, lastEventId }: FollowRoom) =>
  async (): Promise<Beginning> => {
    const sees = await sightFor(caller);
    const { seq, head } = await seenRoom(caller, conversationId);
    if (lastEventId > seq) refuse({ code: 'STALE', seq });
    return { seq, sees, belonging: { teamId: head.teamId, session: head.session } };
  };

/** Over with the signal at the latest, whatever the stream waits for. */
function endingWith(signal: AbortSignal, something: Disposable): Disposable {
  if (signal.aborted) something[Symbol.dispose]();
  else signal.addEventListener('abort', () => something[Symbol.dispose](), { once: true });
  return something;
}

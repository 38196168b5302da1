import { applyEvent, type ConversationId, type RoomEvent } from '@sala/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { roomJoined, roomLeft } from '../../lib/desk/joined.ts';
import { api } from '../../lib/live/api.ts';
import { Gathering } from '../../lib/live/gathering.ts';
import { type Problem, problemOf, refusalOf } from '../../lib/problem.ts';
import { roomQuery } from './roomQuery.ts';
import { useFetchAnew } from './useFetchAnew.ts';

/** Whether the room is followed live. */
export type Following = { type: 'connecting' } | { type: 'live' } | { type: 'refused'; problem: Problem };

const SESSION_FACTS = /^session\./;

/** The room and its live view: one copy in the cache, folded by the server's own function. */
export function useRoom(conversationId: ConversationId) {
  const queryClient = useQueryClient();
  const query = useQuery(roomQuery(conversationId));
  const [following, setFollowing] = useState<Following>({ type: 'connecting' });
  const { isFetching, fetchAnew } = useFetchAnew(conversationId);
  const isFollowed = query.isSuccess && !isFetching;

  useEffect(() => {
    if (!isFollowed) return;
    const { queryKey } = roomQuery(conversationId);
    const heldSeq = () => queryClient.getQueryData(queryKey)?.seq ?? 0;
    const away = () => {
      roomLeft(conversationId);
      setFollowing({ type: 'connecting' });
    };
    const heard = new Gathering<RoomEvent>((events) => {
      // The stream has no gaps. Should one be there all the same, nothing is folded over it.
      if (hasGap(heldSeq(), events)) return fetchAnew();
      queryClient.setQueryData(queryKey, (held) => held && events.reduce(applyEvent, held));
      if (events.some(({ fact }) => SESSION_FACTS.test(fact.type))) {
        void queryClient.invalidateQueries({ queryKey: ['customer', conversationId] });
      }
    });
    const stream = api.room.follow.subscribe(
      // Only where to begin: the client moves its own cursor from here on.
      { conversationId, lastEventId: heldSeq() },
      {
        onStarted: () => {
          roomJoined(conversationId);
          setFollowing({ type: 'live' });
        },
        onConnectionStateChange: ({ state }) => {
          if (state === 'connecting') away();
        },
        onData: ({ data }) => heard.add(data),
        onError: (error) => {
          away();
          if (refusalOf(error)?.code === 'STALE') fetchAnew();
          else setFollowing({ type: 'refused', problem: problemOf(error) });
        },
      },
    );
    return () => {
      stream.unsubscribe();
      heard.end();
      roomLeft(conversationId);
    };
  }, [conversationId, isFollowed, fetchAnew, queryClient]);

  return { query, room: query.data, following };
}

const hasGap = (heldSeq: number, events: readonly RoomEvent[]): boolean =>
  events.some(({ seq }, index) => seq > (index === 0 ? heldSeq : events[index - 1]!.seq) + 1);

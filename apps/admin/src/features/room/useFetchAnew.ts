import type { ConversationId } from '@sala/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { backoffMs } from '../../lib/live/backoff.ts';
import { fetchRoomAnew } from './roomQuery.ts';

/** A room whose log did not continue what was held; `tries` counts how often it was fetched since it was opened. */
interface Lost {
  conversationId: ConversationId;
  tries: number;
  isOpen: boolean;
}

/** Replaces a room that its log no longer continues, until it is there: at once, and again with growing pauses. */
export function useFetchAnew(conversationId: ConversationId): { isFetching: boolean; fetchAnew: () => void } {
  const queryClient = useQueryClient();
  const [lost, setLost] = useState<Lost | null>(null);
  const tries = lost?.conversationId === conversationId && lost.isOpen ? lost.tries : null;

  const fetchAnew = useCallback(
    () =>
      setLost((before) => {
        if (before?.conversationId !== conversationId) return { conversationId, tries: 0, isOpen: true };
        return before.isOpen ? before : { ...before, tries: before.tries + 1, isOpen: true };
      }),
    [conversationId],
  );

  useEffect(() => {
    if (tries === null) return;
    let isOver = false;
    const fetching = async () => {
      const isHere = await fetchRoomAnew(queryClient, conversationId).then(
        () => true,
        // The line says that the server is away; this is asked again until it answers.
        () => false,
      );
      if (!isOver) setLost({ conversationId, tries: isHere ? tries : tries + 1, isOpen: !isHere });
    };
    const timer = setTimeout(() => void fetching(), tries === 0 ? 0 : backoffMs(tries - 1));
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [tries, conversationId, queryClient]);

  return { isFetching: tries !== null, fetchAnew };
}

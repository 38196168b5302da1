import type { Notice, OperatorId } from '@sala/contracts';
import { useEffect } from 'react';
import { useMe } from '../../lib/desk/me.ts';
import { onTabNews } from '../../lib/desk/tabs.ts';
import { api } from '../../lib/live/api.ts';
import { buildHeard, healthHeard } from '../../lib/live/desk.ts';
import { forgetGiven, givenHeard, givenSeen } from './given.ts';

/** Hears what concerns the operator alone. Mounted once, by the desk itself. */
export function useNotices(): void {
  const { operatorId } = useMe();
  useEffect(() => {
    // Refused for good, nothing is heard; what a notice speaks of is in the lists, too.
    const stream = api.me.follow.subscribe({}, { onData: ({ data }) => hear(data, operatorId) });
    const stopListening = onTabNews((news) => {
      if (news.type === 'noticeSeen') givenSeen(news.conversationId);
    });
    return () => {
      stream.unsubscribe();
      stopListening();
      forgetGiven();
    };
  }, [operatorId]);
}

function hear(notice: Notice, operatorId: OperatorId): void {
  switch (notice.type) {
    case 'desk':
      healthHeard(notice.health);
      buildHeard(notice.build);
      return;
    case 'given':
      // Who takes a conversation over knows it.
      if (notice.by !== operatorId) givenHeard(notice);
  }
}

import { applyRoomPresence, type ConversationId, type RoomMember } from '@sala/contracts';
import { useEffect, useMemo, useState } from 'react';
import { useMe } from '../../../lib/desk/me.ts';
import { api } from '../../../lib/live/api.ts';
import { useIsVisible } from '../../../lib/visibility.ts';

/** Who else is in the room; null until it is known. To them one looks at it while this tab can be seen. */
export function useRoomOthers(conversationId: ConversationId): RoomMember[] | null {
  const { operatorId } = useMe();
  const viewing = useIsVisible();
  const [members, setMembers] = useState<RoomMember[] | null>(null);

  useEffect(() => {
    const stream = api.room.presence.subscribe(
      { conversationId, viewing },
      {
        onData: (changes) => setMembers((held) => applyRoomPresence(held ?? [], changes)),
        // Refused for good: nobody is shown, and nothing else depends on it.
        onError: () => setMembers(null),
      },
    );
    return () => stream.unsubscribe();
  }, [conversationId, viewing]);

  return useMemo(() => members && members.filter((one) => one.operatorId !== operatorId), [members, operatorId]);
}

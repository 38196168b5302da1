import type { ConversationId, Refusal, RoomEvent } from '@sala/contracts';
import type { TestClient } from './connect.ts';
import { seqsOf } from './rooms.ts';

export type Following = {
  /** Every event that came, in the order in which it came. */
  events: RoomEvent[];
  seqs: () => number[];
  /** How the stream ended, if it did with a "no". */
  refusals: (Refusal | null)[];
  /** How often the server has begun to answer: once per connection. */
  starts: () => number;
  stop: () => void;
};

/** Follows a room as the admin does. `onEvent` hears each event as it comes. */
export function follow(
  { api }: Pick<TestClient, 'api'>,
  conversationId: ConversationId,
  { lastEventId = 0, onEvent }: { lastEventId?: number; onEvent?: (event: RoomEvent) => void } = {},
): Following {
  const events: RoomEvent[] = [];
  const refusals: (Refusal | null)[] = [];
  let starts = 0;
  const { unsubscribe } = api.room.follow.subscribe(
    { conversationId, lastEventId },
    {
      onStarted: () => (starts += 1),
      onData: ({ data }) => {
        events.push(data);
        onEvent?.(data);
      },
      onError: ({ data }) => refusals.push(data?.refusal ?? null),
    },
  );
  return { events, seqs: () => seqsOf(events), refusals, starts: () => starts, stop: unsubscribe };
}

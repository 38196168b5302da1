import type { MessageId } from '@sala/contracts';

/** What one tab tells the others of the same operator. Lost, they are late by a moment: the store is the truth. */
export type News =
  | { type: 'changed' }
  /** The server has it, at or before `seq` of its conversation's log. */
  | { type: 'accepted'; messageId: MessageId; seq: number }
  /** Something can be sent now: whoever does the sending should look. */
  | { type: 'look' };

export interface Tabs {
  tell(news: News): void;
  /** Calls `hear` with what other tabs tell; the answer ends it. */
  hear(hear: (news: News) => void): () => void;
}

/** The other tabs of this browser. Nobody, where the browser has no channel between tabs. */
export function otherTabs(name: string): Tabs {
  if (typeof BroadcastChannel === 'undefined') return { tell: () => {}, hear: () => () => {} };
  const channel = new BroadcastChannel(name);
  return {
    // A channel reaches this origin only: it takes no target.
    // eslint-disable-next-line unicorn/require-post-message-target-origin
    tell: (news) => channel.postMessage(news),
    hear: (hear) => {
      const listener = (event: MessageEvent<News>) => hear(event.data);
      channel.addEventListener('message', listener);
      return () => channel.removeEventListener('message', listener);
    },
  };
}

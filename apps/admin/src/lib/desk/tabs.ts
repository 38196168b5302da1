import type { ConversationId } from '@sala/contracts';

/** What one tab tells the others of this browser; they share its sign-in. */
export type TabNews =
  | { type: 'signedOut' }
  /** The operator's settings are others now: to be asked for again. */
  | { type: 'settingsChanged' }
  /** A notice about this conversation has been seen to. */
  | { type: 'noticeSeen'; conversationId: ConversationId };

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('sala.tabs');

/** Not heard by the tab that says it. */
export function tellTabs(news: TabNews): void {
  // A channel reaches this origin only: it takes no target.
  // eslint-disable-next-line unicorn/require-post-message-target-origin
  channel?.postMessage(news);
}

/** Calls `hear` for what other tabs say. The answer stops it. */
export function onTabNews(hear: (news: TabNews) => void): () => void {
  const listen = (event: MessageEvent<TabNews>) => hear(event.data);
  channel?.addEventListener('message', listen);
  return () => channel?.removeEventListener('message', listen);
}

import type { MessageId } from '@sala/contracts';

/** What has been read out of the messages that have stopped. */
export interface StoppedNews {
  heard: ReadonlySet<MessageId>;
  words: readonly string[];
  /** Differs for each announcement: the same words may be news again. */
  number: number;
}

export interface Stopped {
  messageId: MessageId;
  words: string;
}

/** What had stopped before the room was opened is seen there, and not read out. */
export const nothingNew = (stopped: readonly Stopped[]): StoppedNews => ({
  heard: new Set(stopped.map(({ messageId }) => messageId)),
  words: [],
  number: 0,
});

/** What is to be read out now: each message once, and anew when it goes again and stops again. */
export function stoppedNews(before: StoppedNews, stopped: readonly Stopped[]): StoppedNews {
  const fresh = stopped.filter(({ messageId }) => !before.heard.has(messageId));
  const { heard } = nothingNew(stopped);
  if (fresh.length === 0 && heard.size === before.heard.size) return before;
  if (fresh.length === 0) return { ...before, heard };
  return { heard, words: fresh.map(({ words }) => words), number: before.number + 1 };
}

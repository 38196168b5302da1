import type { ConversationId, InboxChanges, InboxRow, InboxView, RoomEvent } from '@sala/contracts';
import type { Api } from './client.ts';
import { type Followed, followed } from './follow.ts';

export type RoomOptions = { after?: number; signal?: AbortSignal };

/** The events of one conversation behind `after`. */
export function followRoom(
  api: Api,
  conversationId: ConversationId,
  { after = 0, signal }: RoomOptions,
  over: () => Error,
): Followed<RoomEvent> {
  let cursor = after;
  return followed<RoomEvent, { data: RoomEvent }>({
    subscribe: (ears) => api.room.follow.subscribe({ conversationId, lastEventId: cursor }, ears),
    // What is read again after a break says what is known already.
    read: ({ data: event }) => {
      if (event.seq <= cursor) return [];
      cursor = event.seq;
      return [event];
    },
    over,
    signal,
  });
}

/** A row, one that left, or the word that something may have gone unsaid. */
type Word = { row: InboxRow } | { gone: ConversationId } | { look: true };

/** So many rows are remembered as told; past it some may be told again. */
const MAX_KNOWN = 20_000;

/** The rows of a view, first as a list, then as they change. A row that was read in this state is not told again. */
export async function* followView(
  api: Api,
  view: InboxView,
  signal: AbortSignal | undefined,
  over: () => Error,
): Followed<InboxRow> {
  const known = new Map<ConversationId, number>();
  const isNews = ({ conversationId, seq }: InboxRow): boolean => {
    if ((known.get(conversationId) ?? 0) >= seq) return false;
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(conversationId, seq);
    return true;
  };
  const words = followed<Word, Word>({
    subscribe: ({ onData, onError, onComplete }) =>
      api.inbox.follow.subscribe(
        { view },
        {
          onStarted: () => onData({ look: true }),
          onData: (changes) => {
            for (const word of wordsOf(changes)) onData(word);
          },
          onError,
          onComplete,
        },
      ),
    read: (word) => [word],
    over,
    signal,
  });
  for await (const word of words) {
    if ('row' in word) {
      if (isNews(word.row)) yield word.row;
    } else if ('gone' in word) known.delete(word.gone);
    else {
      for await (const row of rowsOf(api, view)) if (isNews(row)) yield row;
    }
  }
}

function wordsOf(changes: InboxChanges): Word[] {
  return changes.flatMap((change): Word[] => {
    if (change.type === 'row') return [{ row: change.row }];
    if (change.type === 'gone') return [{ gone: change.conversationId }];
    return change.type === 'resync' ? [{ look: true }] : [];
  });
}

/** The whole list, page by page. */
async function* rowsOf(api: Api, view: InboxView): AsyncGenerator<InboxRow> {
  let cursor: string | undefined;
  do {
    const page = await api.inbox.list.query({ view, limit: 100, ...(cursor && { cursor }) });
    yield* page.rows;
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
}

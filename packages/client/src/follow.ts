/** What is followed: to be read with `for await`. It goes on over lost connections, and ends by a throw or by leaving the loop. */
export type Followed<T> = AsyncGenerator<T, void, void>;

/** Ears of a subscription of tRPC, as far as they are used here. */
type Ears<W> = { onData: (word: W) => void; onError: (error: unknown) => void; onComplete: () => void };

/** More unread words than this are not kept: the stream is left, and asked for again behind what was read. */
const MAX_UNREAD = 5_000;

type Options<T, W> = {
  /** Begins to listen behind what was read last. */
  subscribe: (ears: Ears<W>) => { unsubscribe: () => void };
  /** What a word says; it is made when it is read. */
  read: (word: W) => T[];
  /** What is thrown when the stream is over though nobody left it. */
  over: () => Error;
  signal?: AbortSignal | undefined;
};

/** A subscription as something to be read. `subscribe` is asked again when the reader was too slow. */
export async function* followed<T, W>({ subscribe, read, over, signal }: Options<T, W>): Followed<T> {
  let unread: W[] = [];
  let failure: { error: unknown } | null = null;
  let isBehind = false;
  let wake = () => {};
  const fail = (error: unknown) => {
    failure ??= { error };
    wake();
  };
  const listen = () =>
    subscribe({
      onData: (word) => {
        if (isBehind) return;
        isBehind = unread.length >= MAX_UNREAD;
        if (isBehind) subscription.unsubscribe();
        else unread.push(word);
        wake();
      },
      onError: fail,
      onComplete: () => fail(over()),
    });
  let subscription = listen();
  const isLeft = () => signal?.aborted ?? false;
  const leave = () => wake();
  signal?.addEventListener('abort', leave, { once: true });
  try {
    while (!isLeft()) {
      const words = unread;
      unread = [];
      for (const word of words) {
        for (const one of read(word)) {
          yield one;
          if (isLeft()) return;
        }
      }
      if (unread.length > 0) continue;
      if (failure) throw (failure as { error: unknown }).error;
      if (isBehind) {
        isBehind = false;
        subscription = listen();
      }
      if (unread.length === 0 && !failure && !isLeft()) await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal?.removeEventListener('abort', leave);
    subscription.unsubscribe();
  }
}

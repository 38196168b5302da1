const LIMITS = {
  /** A stream that has said something and is silent for this long has said what there is. */
  quietMs: 50,
  /** No poll hears longer than this, however much there is: the next one goes on where it stopped. */
  withinMs: 4_500,
  /** A stream that was told to end is waited for so long: it may wait itself, for a database that hangs. */
  endsWithinMs: 500,
};

/**
 * What a stream has to say now, its first word included, however long that takes. A stream without a first word has
 * to end by itself when it is asked by a poll. `end` tells it that nobody waits for its next word.
 */
export async function* whatThereIs<T>(
  stream: AsyncIterable<T>,
  end: () => void,
  { quietMs, withinMs, endsWithinMs } = LIMITS,
): AsyncGenerator<T> {
  const words = stream[Symbol.asyncIterator]();
  const isOver = after(withinMs);
  try {
    let word = await Promise.race([words.next(), isOver.promise]);
    while (word && !word.done) {
      yield word.value;
      const isQuiet = after(quietMs);
      word = await Promise.race([words.next(), isQuiet.promise, isOver.promise]).finally(isQuiet.cancel);
    }
  } finally {
    isOver.cancel();
    end();
    const isLate = after(endsWithinMs);
    await Promise.race([words.return?.(), isLate.promise]).finally(isLate.cancel);
  }
}

/** Resolves with null, unless it is cancelled: then never. */
function after(ms: number): { promise: Promise<null>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  return { promise, cancel: () => clearTimeout(timer) };
}

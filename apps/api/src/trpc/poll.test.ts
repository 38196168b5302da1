import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { whatThereIs } from './poll.ts';

const LIMITS = { quietMs: 20, withinMs: 200, endsWithinMs: 100 };

const never = () => new Promise<IteratorResult<number>>(() => {});

/** A stream that says these words, each after its pause, and then waits until it is ended. */
function streamOf(...pausesMs: number[]) {
  const ended = new AbortController();
  let isDone = false;
  async function* words() {
    try {
      for (const [index, ms] of pausesMs.entries()) {
        await pause(ms, null, { signal: ended.signal });
        yield index;
      }
      await pause(60_000, null, { signal: ended.signal });
    } catch (error) {
      if (!ended.signal.aborted) throw error;
    } finally {
      isDone = true;
    }
  }
  return { words: words(), end: () => ended.abort(), isDone: () => isDone };
}

async function heard(...pausesMs: number[]) {
  const stream = streamOf(...pausesMs);
  const all: number[] = [];
  for await (const word of whatThereIs(stream.words, stream.end, LIMITS)) all.push(word);
  return { all, isDone: stream.isDone() };
}

describe('Transports (TP)', () => {
  it.each([
    ['what comes at once', [0, 0, 0], [0, 1, 2]],
    ['the first word, however long it takes, and what comes with it', [100, 0], [0, 1]],
    ['nothing of what comes after a silence', [0, 0, 100], [0, 1]],
    ['nothing where there is nothing', [], []],
  ])('[TP5] a poll hears %s, and the stream is ended', async (_what, pauses, words) => {
    expect(await heard(...pauses)).toEqual({ all: words, isDone: true });
  });

  it('[TP5] a poll of a stream that never falls silent ends all the same', async () => {
    const { all, isDone } = await heard(...Array.from({ length: 1_000 }, () => 5));

    expect(isDone).toBe(true);
    expect(all.length).toBeLessThan(100);
  });

  it.each([
    ['before its first word', 0],
    ['after it', 1],
  ])(
    '[TP5] a stream that hangs %s, as on a database that does not answer, ends in time, and may fail later (B9)',
    async (_when, words) => {
      let fail = (_error: Error) => {};
      const stuck = new Promise<never>((_resolve, reject) => (fail = reject));
      async function* hanging() {
        for (let word = 0; word < words; word += 1) yield word;
        await stuck;
      }
      const all: number[] = [];
      const unhandled = vi.fn();
      process.on('unhandledRejection', unhandled);

      const began = performance.now();
      for await (const word of whatThereIs(hanging(), () => undefined, LIMITS)) all.push(word);
      const tookMs = performance.now() - began;
      fail(new Error('no answer'));
      await pause(10);
      process.off('unhandledRejection', unhandled);

      expect([all.length, tookMs < 1_000, unhandled.mock.calls]).toEqual([words, true, []]);
    },
  );

  it('[TP5] no poll takes longer than five seconds, whatever hangs', async () => {
    vi.useFakeTimers();
    const heard = whatThereIs(
      { [Symbol.asyncIterator]: () => ({ next: never, return: never }) },
      () => undefined,
    ).next();

    await vi.advanceTimersByTimeAsync(5_000);
    vi.useRealTimers();

    expect(await heard).toEqual({ done: true, value: undefined });
  });

  it('[TP5] a stream that fails fails its poll', async () => {
    async function* failing() {
      yield 1;
      throw new Error('no more');
    }

    await expect(async () => {
      for await (const _word of whatThereIs(failing(), () => undefined, LIMITS));
    }).rejects.toThrow('no more');
  });
});

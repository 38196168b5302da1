import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aloneOf } from './aloneOf.ts';

/** A browser's locks: one holder at a time, who waits may give up. */
function locks() {
  let last = Promise.resolve();
  return {
    request: async (_name: string, { signal }: { signal: AbortSignal }, held: () => Promise<void>) => {
      const turn = last;
      const given = turn.then(() => (signal.aborted ? undefined : held()));
      last = given.catch(() => {});
      await given;
      if (signal.aborted) throw new DOMException('given up', 'AbortError');
    },
  };
}

const turns = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** Works until it is ended, as an outbox does. */
function worker(name: string, begun: string[]) {
  const leaving = new AbortController();
  aloneOf('sala.test')(async () => {
    begun.push(name);
    await new Promise<void>((resolve) => leaving.signal.addEventListener('abort', () => resolve()));
  }, leaving.signal);
  return leaving;
}

describe('Outbox (OU): one tab sends', () => {
  let begun: string[] = [];
  beforeEach(() => {
    begun = [];
    vi.stubGlobal('navigator', { locks: locks() });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('[OU9] the next one works when the one before has ended, and not one that has gone meanwhile', async () => {
    const first = worker('first', begun);
    const second = worker('second', begun);
    worker('third', begun);
    await turns();
    expect(begun).toEqual(['first']);

    second.abort();
    first.abort();
    await turns();
    expect(begun).toEqual(['first', 'third']);
  });

  it('[OU9] one that ends by itself makes room', async () => {
    aloneOf('sala.test')(() => Promise.resolve(), new AbortController().signal);
    worker('second', begun);
    await turns();
    expect(begun).toEqual(['second']);
  });

  it('[OU9] every tab works where the browser has no locks', () => {
    vi.stubGlobal('navigator', {});
    worker('first', begun);
    worker('second', begun);
    expect(begun).toEqual(['first', 'second']);
  });
});

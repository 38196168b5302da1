import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { waitMs } from './slidingWindow.ts';

const WINDOW_MS = 10_000;

describe('Limits (LM)', () => {
  it.each([
    [{ current: 300, previous: 0 }, 9_999, 0],
    [{ current: 301, previous: 0 }, 9_000, 1_034],
    [{ current: 1, previous: 300 }, 0, 34],
    [{ current: 1, previous: 300 }, 100, 0],
    [{ current: 150, previous: 300 }, 4_000, 1_000],
    [{ current: 150, previous: 300 }, 5_000, 0],
    [{ current: 150, previous: 9_000 }, 5_000, 0],
  ])('[LM1] %o after %i ms of the window: wait %i ms (A13)', (counted, elapsedMs, wait) => {
    expect(waitMs(counted, 300, elapsedMs, WINDOW_MS)).toBe(wait);
  });

  it('[LM1] whoever waits as long as they were told is let in (A13)', () => {
    const count = fc.integer({ min: 0, max: 2_000 });
    fc.assert(
      fc.property(count, count, fc.integer({ min: 0, max: WINDOW_MS - 1 }), (current, previous, elapsedMs) => {
        const wait = waitMs({ current, previous }, 300, elapsedMs, WINDOW_MS);
        if (wait === 0) return;
        const at = elapsedMs + wait;
        const later = at < WINDOW_MS ? { current, previous } : { current: 1, previous: current };
        expect(waitMs(later, 300, at % WINDOW_MS, WINDOW_MS)).toBe(0);
      }),
      { seed: 20_261_120, numRuns: 1_000 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pauseAfter } from './backoff.ts';

describe('Delivery (DE)', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [5, 16_000],
    [9, 256_000],
    [10, 300_000],
    [1_000, 300_000],
  ])('[DE3] after attempt %i the longest pause is %i ms', (attempt, pauseMs) => {
    expect(pauseAfter(attempt, () => 1)).toBe(pauseMs);
  });

  it('[DE3] chance takes away at most half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
        const longest = pauseAfter(attempt, () => 1);

        expect(pauseAfter(attempt, () => chance)).toBeGreaterThanOrEqual(longest / 2);
        expect(pauseAfter(attempt, () => chance)).toBeLessThanOrEqual(longest);
      }),
    );
  });
});

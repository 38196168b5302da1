import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

describe('the wait before the next try', () => {
  it('grows from one second to thirty and leaves half to chance', () => {
    expect(backoffMs(0, () => 1)).toBe(1_000);
    expect(backoffMs(0, () => 0)).toBe(500);
    expect(backoffMs(3, () => 1)).toBe(8_000);
    expect(backoffMs(99, () => 1)).toBe(30_000);
  });
});

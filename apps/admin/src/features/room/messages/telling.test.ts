import { describe, expect, it } from 'vitest';
import { onceFailed, reasonOf, whileDelayed } from './telling.ts';

describe('what is said of a message that is not at LINE', () => {
  it.each([
    [429, true, 'retrying', 'failed'],
    [500, false, 'checking', 'failedSilent'],
    [null, false, 'checking', 'failedSilent'],
    [null, true, 'unreached', 'failedUnreached'],
  ] as const)('status %s, certain %s: %s while it is delayed, %s in the end', (status, certain, delayed, failed) => {
    const failure = { status, certain, message: '' };
    expect(whileDelayed(failure)).toBe(delayed);
    expect(onceFailed(failure)).toBe(failed);
  });

  it.each([
    ['Try again later.', 'Try again later'],
    ['受け付けられません。', '受け付けられません'],
    ['HTTP 502', 'HTTP 502'],
  ])('has one full stop: %s', (message, reason) => {
    expect(reasonOf({ status: 400, certain: true, message })).toBe(reason);
  });
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Gathering, TOGETHER_MS } from './gathering.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('[LV13] hands on the first event at once and a burst behind it together, in order', () => {
  const taken: number[][] = [];
  const gathering = new Gathering<number>((items) => taken.push(items));
  for (let n = 1; n <= 4; n += 1) gathering.add(n);
  expect(taken).toEqual([[1]]);
  vi.advanceTimersByTime(TOGETHER_MS);
  expect(taken).toEqual([[1], [2, 3, 4]]);
  gathering.add(5);
  vi.advanceTimersByTime(TOGETHER_MS * 2);
  gathering.add(6);
  expect(taken.slice(2)).toEqual([[5], [6]]);
  gathering.add(7);
  gathering.end();
  expect(taken.slice(4)).toEqual([[7]]);
  expect(vi.getTimerCount()).toBe(0);
});

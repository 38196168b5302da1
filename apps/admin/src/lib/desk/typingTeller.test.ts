import { expect, it } from 'vitest';
import { TypingTeller } from './typingTeller.ts';

it('typing is told at most every 2 s, and its end once (C4)', () => {
  const told: [number, boolean][] = [];
  let now = 0;
  const { hear } = new TypingTeller(
    (typing) => told.push([now, typing]),
    () => now,
  );

  hear(false);
  for (; now <= 5_000; now += 250) hear(true);
  hear(false);
  hear(false);
  hear(true);

  expect(told).toEqual([
    [0, true],
    [2_000, true],
    [4_000, true],
    [5_250, false],
    [5_250, true],
  ]);
});

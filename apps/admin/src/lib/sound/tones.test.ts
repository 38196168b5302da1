import { expect, it } from 'vitest';
import { SOUNDS } from './tones.ts';

it('no sound takes longer than 400 ms', () => {
  const ends = Object.values(SOUNDS).map((notes) => Math.max(...notes.map(({ at, rings }) => at + rings)));
  expect(Math.max(...ends)).toBeLessThan(0.4);
});

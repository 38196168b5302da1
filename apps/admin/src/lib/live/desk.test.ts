import { describe, expect, it } from 'vitest';
import { isAnotherBuild } from './desk.ts';

describe('whether the server has another build than this page', () => {
  it('[LV14] is told by what the page itself says, whichever server it meets first', () => {
    expect(isAnotherBuild('a1', 'a1')).toBe(false);
    expect(isAnotherBuild('a1', 'b2')).toBe(true);
  });

  it('[LV14] is never said where one of them has no name', () => {
    expect(isAnotherBuild(null, 'b2')).toBe(false);
    expect(isAnotherBuild('a1', null)).toBe(false);
  });
});

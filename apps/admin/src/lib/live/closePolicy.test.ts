import { CloseCode } from '@sala/contracts';
import { describe, expect, it } from 'vitest';
import { afterClose } from './closePolicy.ts';

const waitMs = (code: number | undefined, attempt: number, chance: number) => {
  const after = afterClose(code, attempt, () => chance);
  return after.type === 'again' ? after.waitMs : after.type;
};
/** The shortest and the longest pause. */
const between = (code: number | undefined, attempt: number) => [waitMs(code, attempt, 0), waitMs(code, attempt, 1)];

describe('what a close code means for the next dial (D2)', () => {
  it('[LV3] stops for a sign-in that has ended and for somebody who may not be here', () => {
    expect(between(CloseCode.signInAgain, 0)).toEqual(['signedOut', 'signedOut']);
    expect(between(CloseCode.revoked, 0)).toEqual(['revoked', 'revoked']);
  });

  it('[LV3] comes back at once when it only read too slowly, and with pauses when that happens again', () => {
    expect(between(CloseCode.tooSlow, 0)).toEqual([0, 0]);
    expect(between(CloseCode.tooSlow, 1)).toEqual([1_000, 2_000]);
  });

  it('[LV3] comes back at once as somebody whose role or teams have changed, and says so', () => {
    expect(between(CloseCode.identityChanged, 0)).toEqual([0, 0]);
    expect(between(CloseCode.identityChanged, 1)).toEqual([1_000, 2_000]);
    expect(afterClose(CloseCode.identityChanged, 0, () => 1)).toMatchObject({ isChanged: true, isBinding: false });
    expect(afterClose(CloseCode.tooSlow, 0, () => 1)).toMatchObject({ isChanged: false });
  });

  it('[LV3] comes back within 5 s of a goodbye, each desk at another moment', () => {
    expect(between(CloseCode.draining, 0)).toEqual([0, 5_000]);
    expect(afterClose(CloseCode.draining, 0, () => 0.5)).toMatchObject({ isGoodbye: true, isBinding: false });
  });

  it('[LV3] waits at least 10 s after a flood and 30 s as one socket too many, however often the tab is looked at', () => {
    expect(between(CloseCode.flood, 0)).toEqual([10_500, 11_000]);
    expect(between(CloseCode.tooMany, 0)).toEqual([30_500, 31_000]);
    for (const code of [CloseCode.flood, CloseCode.tooMany]) {
      expect(afterClose(code, 0, () => 0)).toMatchObject({ isBinding: true });
    }
  });

  it.each([undefined, 1001, 1006, 1009, 4999])(
    '[LV3] comes back after any other end (%s), from 1 s to 30 s',
    (code) => {
      expect(between(code, 0)).toEqual([500, 1_000]);
      expect(between(code, 3)).toEqual([4_000, 8_000]);
      expect(between(code, 1_000)).toEqual([15_000, 30_000]);
    },
  );
});

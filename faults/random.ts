/** Chance out of a seed: the same seed chooses the same faults, victims and texts. */
export type Random = {
  /** From 0 up to, and without, 1. */
  next: () => number;
  /** A whole number, both ends included. */
  between: (from: number, to: number) => number;
  pick: <T>(from: readonly T[]) => T;
  /** True in this share of the cases. */
  chance: (share: number) => boolean;
  /** Chance of its own for one actor: how often others ask changes nothing for it. */
  branch: () => Random;
};

/** mulberry32: 32 bits of state, which is plenty for choosing victims. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    pick: (from) => {
      if (from.length === 0) throw new RangeError('nothing to pick from');
      return from[between(0, from.length - 1)]!;
    },
    chance: (share) => next() < share,
    branch: () => randomFrom(between(0, 2 ** 32 - 1)),
  };
}

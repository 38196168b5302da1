import { describe, expect, it } from 'vitest';
import { type Audible, HEARD_NOTHING, type NextSound, nextSound } from './nextSound.ts';

const QUIET: Audible = { waiting: 0, mine: new Map(), stopped: 0, given: 0 };

/** A desk that is asked once a second, as the page does it; each step says for how long, and what is so meanwhile. */
function heardOver(
  steps: [seconds: number, audible: Partial<Audible>][],
  scope: 'queue' | 'mine' | 'off' = 'queue',
): [second: number, sound: NextSound['sound'], step: number][] {
  let heard = HEARD_NOTHING;
  let second = 0;
  const sounded: [number, NextSound['sound'], number][] = [];
  for (const [seconds, audible] of steps) {
    for (const end = second + seconds; second < end; second += 1) {
      const after = nextSound(heard, { ...QUIET, ...audible }, { scope, now: second * 1000 });
      heard = after.heard;
      if (after.next) sounded.push([second, after.next.sound, after.next.step]);
    }
  }
  return sounded;
}

const mine = (unanswered: number, failed = 0) => new Map([['c', { unanswered, failed }]]);

describe('what sounds now', () => {
  it('somebody waits: at once, and again every 20 s until claimed, louder at most twice', () => {
    const sounded = heardOver([
      [5, {}],
      [70, { waiting: 1 }],
      [30, {}],
      [1, { waiting: 1 }],
    ]);
    expect(sounded).toEqual([
      [5, 'waits', 0],
      [25, 'waits', 1],
      [45, 'waits', 2],
      [65, 'waits', 2],
      [105, 'waits', 0],
    ]);
  });

  it('a queue that grows calls anew, and one that fills does not rattle', () => {
    const growing = Array.from({ length: 6 }, (_, index) => [1, { waiting: index + 1 }] as [number, Partial<Audible>]);
    expect(heardOver([...growing, [5, { waiting: 6 }], [1, { waiting: 7 }]])).toEqual([
      [0, 'waits', 0],
      [4, 'waits', 0],
      [11, 'waits', 0],
    ]);
  });

  it('nobody is called while the queue is not known, and the count goes on afterwards', () => {
    const sounded = heardOver([
      [10, { waiting: 1 }],
      [60, { waiting: null }],
      [2, { waiting: 1 }],
    ]);
    expect(sounded).toEqual([
      [0, 'waits', 0],
      [70, 'waits', 1],
    ]);
  });

  it('a customer of one’s own who writes line after line is heard once', () => {
    const sounded = heardOver([
      [3, { mine: mine(0) }],
      [1, { mine: mine(1) }],
      [1, { mine: mine(2) }],
      [5, { mine: mine(2) }],
      [2, { mine: mine(3) }],
    ]);
    expect(sounded).toEqual([
      [3, 'wrote', 0],
      [10, 'wrote', 0],
    ]);
  });

  it('what was there when it was first seen is no news, and what came while it was not known is', () => {
    expect(heardOver([[5, { mine: mine(4, 2) }]])).toEqual([]);
    const sounded = heardOver([
      [5, { mine: mine(4) }],
      [5, { mine: null }],
      [2, { mine: mine(5) }],
    ]);
    expect(sounded).toEqual([[10, 'wrote', 0]]);
  });

  it('a failure goes before everything else, and sounds once', () => {
    const sounded = heardOver([
      [2, { mine: mine(0) }],
      [3, { mine: mine(1, 1), given: 1 }],
      [3, { mine: mine(1, 1), given: 1, stopped: 1 }],
    ]);
    expect(sounded).toEqual([
      [2, 'failed', 0],
      [5, 'failed', 0],
    ]);
  });

  it('a conversation that is given calls once', () => {
    expect(
      heardOver([
        [2, {}],
        [40, { given: 1 }],
      ]),
    ).toEqual([[2, 'waits', 0]]);
  });

  it('the scope rules: mine leaves the queue out, off leaves everything out', () => {
    const steps: [number, Partial<Audible>][] = [
      [2, { waiting: 3, mine: mine(0) }],
      [30, { waiting: 3, mine: mine(1) }],
    ];
    expect(heardOver(steps, 'mine')).toEqual([[2, 'wrote', 0]]);
    expect(heardOver(steps, 'off')).toEqual([]);
  });
});

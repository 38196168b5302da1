import { describe, expect, it, vi } from 'vitest';
import { StreamRight } from './streamRight.ts';

/** A browser that lets one tab at a time stream, in the order in which they asked. */
function aBrowser() {
  const queue: (() => void)[] = [];
  return (held: () => void) => {
    queue.push(held);
    if (queue.length === 1) held();
    return () => {
      const wasFirst = queue[0] === held;
      queue.splice(queue.indexOf(held), 1);
      if (wasFirst) queue[0]?.();
    };
  };
}

const aTab = (browser: ReturnType<typeof aBrowser>) =>
  new StreamRight(browser, { changed: vi.fn<() => void>(), silent: vi.fn<() => void>() });

describe('the right to hold event streams open (D6)', () => {
  it('[LV6] is one tab’s at a time, and goes to the next that wants it', () => {
    const browser = aBrowser();
    const [first, second, third] = [aTab(browser), aTab(browser), aTab(browser)];
    const holders = () => [first, second, third].map(({ isHeld }) => isHeld);
    for (const tab of [first, second, third]) tab.want(true);
    expect(holders()).toEqual([true, false, false]);
    second.want(false);
    first.want(false);
    expect(holders()).toEqual([false, false, true]);
    third.want(false);
    first.want(true);
    first.want(true);
    expect(holders()).toEqual([true, false, false]);
    first.want(false);
  });
});

import { describe, expect, it } from 'vitest';
import { Turnstile } from './turnstile.ts';

/** Somebody about whom is asked until `answer`. */
function asking() {
  let answer = () => {};
  let isAsked = false;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const ask = async () => {
    isAsked = true;
    await answered;
    return 'in';
  };
  return { ask, answer: () => answer(), isAsked: () => isAsked };
}

describe('Limits (LM)', () => {
  it('[LM5] of one address so many are asked about at once, so many wait their turn, and the next is one too many (A13)', async () => {
    const turnstile = new Turnstile({ maxAsked: 2, maxWaiting: 1 });
    const people = [asking(), asking(), asking()] as const;

    const passed = people.map(({ ask }) => turnstile.pass('here', ask));

    expect(await turnstile.pass('here', asking().ask)).toBeNull();
    expect(people.map(({ isAsked }) => isAsked())).toEqual([true, true, false]);
    for (const { answer } of people) answer();
    expect(await Promise.all(passed)).toEqual(['in', 'in', 'in']);
  });

  it('[LM5] another address has a place of its own (A13)', async () => {
    const turnstile = new Turnstile({ maxAsked: 1, maxWaiting: 0 });
    const slow = asking();
    const first = turnstile.pass('here', slow.ask);

    expect(await turnstile.pass('there', async () => 'in')).toBe('in');

    slow.answer();
    await first;
  });

  it('[LM5] who could not be asked about gives their place away, too (A13)', async () => {
    const turnstile = new Turnstile({ maxAsked: 1, maxWaiting: 0 });

    await expect(turnstile.pass('here', () => Promise.reject(new Error('no answer')))).rejects.toThrow('no answer');

    expect(await turnstile.pass('here', async () => 'in')).toBe('in');
  });
});

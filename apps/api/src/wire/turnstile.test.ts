import { describe, expect, it } from 'vitest';
import { CROWD, Turnstile } from './turnstile.ts';

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

  it('[LM5] by default they are twenty, and a thousand (A13)', async () => {
    const turnstile = new Turnstile(CROWD);
    const people = Array.from({ length: 1_021 }, asking);

    const passed = people.map(({ ask }) => turnstile.pass('here', ask));

    expect(await passed.at(-1)).toBeNull();
    expect(people.filter(({ isAsked }) => isAsked())).toHaveLength(20);
    for (const { answer } of people) answer();
    expect((await Promise.all(passed)).filter((outcome) => outcome === 'in')).toHaveLength(1_020);
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

import { SendableContent } from '@sala/contracts';
import { describe, expect, it } from 'vitest';
import { hasSomethingToSee, visibleName } from './visible.ts';

describe('a text', () => {
  it.each(['', ' \n', '\u200b\u200b', '\ufeff', '\u00ad', 'a', '\u200bก', '😀', '\u202e'])(
    '%j can be sent exactly if the server takes it',
    (text) => {
      expect(hasSomethingToSee(text)).toBe(SendableContent.safeParse({ type: 'text', text }).success);
    },
  );
});

describe('the name of a customer', () => {
  it.each([
    ['แอน', 'แอน'],
    ['\u202Eevil\u202C name', 'evil name'],
    ['محمد', 'محمد'],
    ['👩\u200d👧', '👩\u200d👧'],
    ['\u200b\u200b', null],
    ['  ', null],
    [null, null],
    [undefined, null],
  ])('%j is shown as %j', (name, shown) => {
    expect(visibleName(name)).toBe(shown);
  });
});

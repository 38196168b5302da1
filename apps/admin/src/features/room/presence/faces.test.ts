import { describe, expect, it } from 'vitest';
import { comings, facesOf, MOST_FACES } from './faces.ts';

const member = (operatorId: string, what: 'types' | 'reads' | 'back' = 'reads') => ({
  operatorId,
  viewing: what !== 'back',
  typing: what === 'types',
});
const ids = (people: { operatorId: string }[]) => people.map((one) => one.operatorId).join('');

describe('the faces of a room', () => {
  it('keep their places while all are shown', () => {
    const { shown, more } = facesOf([member('a', 'back'), member('b'), member('c', 'types')], MOST_FACES);
    expect([ids(shown), ids(more)]).toEqual(['abc', '']);
  });

  it('beyond three: who types is never only counted', () => {
    const others = [member('a', 'back'), member('b'), member('c'), member('d'), member('e', 'types')];
    const { shown, more } = facesOf(others, MOST_FACES);
    expect([ids(shown), ids(more)]).toEqual(['ebc', 'da']);
  });
});

describe('who came and who went', () => {
  it('is the difference to what was told', () => {
    expect(comings(new Set(['a', 'b']), new Set(['b', 'c']))).toEqual({ joined: ['c'], left: ['a'] });
    expect(comings(new Set(['a']), new Set(['a']))).toEqual({ joined: [], left: [] });
  });
});

import { describe, expect, it } from 'vitest';
import { isTooDeep } from './depth.ts';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('Limits (LM)', () => {
  it.each([
    ['32 lists in each other', nested(32), false],
    ['33 lists in each other', nested(33), true],
    ['33 objects in each other', '{"a":'.repeat(33), true],
    ['many lists beside each other', `[${Array.from({ length: 100 }, () => '[]').join(',')}]`, false],
    ['brackets in a text', JSON.stringify(nested(100)), false],
    ['brackets in a text after an escaped quote', JSON.stringify(`"${nested(100)}`), false],
    ['brackets after a text that ends with a backslash', `["\\\\",${nested(40)}]`, true],
    ['no JSON at all', ']]]]"', false],
  ])('[LM6] %s', (_what, json, tooDeep) => {
    expect(isTooDeep(json)).toBe(tooDeep);
  });
});

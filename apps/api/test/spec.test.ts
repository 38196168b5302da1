import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const RULES = [...readFileSync(path.join(root, 'SPEC.md'), 'utf8').matchAll(/^- \*\*([A-Z]{2}\d+)\*\* /gm)].map(
  ([, number]) => number!,
);

/** The numbers that tests, and the scenarios of `npm run test:faults`, quote: `[CL1]` in a title. */
const QUOTED = ['apps', 'packages', 'e2e', 'faults'].flatMap((folder) =>
  testsIn(path.join(root, folder)).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\[([A-Z]{2}\d+)\]/g)].map(([, number]) => number!),
  ),
);

function testsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    const found = path.join(folder, entry.name);
    if (entry.isDirectory()) return testsIn(found);
    return /\.(test|spec|scenario)\.tsx?$/.test(entry.name) ? [found] : [];
  });
}

describe('SPEC.md', () => {
  it('gives no number to two rules', () => {
    expect(RULES.filter((number, index) => RULES.indexOf(number) !== index)).toEqual([]);
  });

  it('has the rule of every number that a test quotes', () => {
    expect(QUOTED.filter((number) => !RULES.includes(number))).toEqual([]);
  });

  it('has no rule without a test', () => {
    expect(RULES.filter((number) => !QUOTED.includes(number))).toEqual([]);
  });
});

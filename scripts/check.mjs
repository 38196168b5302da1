/* npm run check: types, lint, format, unit tests. Meant to be run all the time. */
import { build } from './build.mjs';
import { checkLockfile } from './check-lockfile.mjs';
import { bin, run, steps } from './run.mjs';

const PROJECTS = [
  'packages/contracts',
  'packages/db',
  'packages/client',
  'apps/api',
  'apps/admin',
  'apps/line-simulator',
  '.',
];

export const checks = [
  ['what is generated', () => build(['database client'], console.log)],
  ['types', () => Promise.all(PROJECTS.map((project) => run(bin('tsc'), ['-p', project])))],
  ['lint', () => run(bin('oxlint'), ['--type-aware', '--deny-warnings', '--quiet'])],
  ['format', () => run(bin('oxfmt'), ['--check', '.'])],
  ['lockfile', checkLockfile],
  ['reference', () => run('node', ['--import', 'tsx', 'scripts/reference.ts', '--check'])],
];

export const unitTests = ['unit tests', () => run(bin('vitest'), ['run', '--project', 'unit', '--reporter', 'dot'])];

if (process.argv[1].endsWith('check.mjs')) await steps([...checks, unitTests]);

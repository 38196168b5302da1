/*
 * npm test: everything, on a bare machine. The embedded database always; the real PostgreSQL of TEST_DATABASE_URL
 * too, where it is set. The browser is found or comes with npm (e2e/chromium.ts).
 */
import { build } from './build.mjs';
import { checks } from './check.mjs';
import { bin, run, steps } from './run.mjs';

await steps([
  ...checks,
  ['unit and integration tests', () => run(bin('vitest'), ['run'])],
  ['build', () => build(['database client', 'server', 'simulator', 'admin'], console.log)],
  ['browser tests', () => run(bin('playwright'), ['test'])],
]);

/* npm run test:faults: builds the server when it is stale, and breaks it (faults/main.ts says with which arguments). */
import { build } from './build.mjs';
import { run } from './run.mjs';

await build(['database client', 'server'], console.log);
await run(process.execPath, ['--import', 'tsx', 'faults/main.ts', ...process.argv.slice(2)]).catch(() =>
  process.exit(1),
);

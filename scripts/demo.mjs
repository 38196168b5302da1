/* npm run demo: builds what is stale, then runs a desk with people on it and a LINE simulator beside it. */
import { build } from './build.mjs';

await build(['database client', 'server', 'simulator', 'admin'], console.log);
process.env.NODE_ENV ??= 'production';
await import('../dist/demo.js');

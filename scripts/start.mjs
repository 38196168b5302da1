/* npm start: builds what is stale, then runs the bundle. */
import { build } from './build.mjs';

await build(['database client', 'server', 'admin'], console.log);
process.env.NODE_ENV ??= 'production';
await import('../dist/main.js');

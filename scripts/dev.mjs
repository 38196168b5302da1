/*
 * npm run dev: the demo's desk and the admin, both reloading when their sources change.
 * The admin is at http://localhost:5173; it asks the API behind it.
 */
import { spawn } from 'node:child_process';
import { build } from './build.mjs';

const ADMIN = 'http://localhost:5173';

await build(['database client'], console.log);
const api = ['--watch-preserve-output', '--watch-path=apps/api/src', '--watch-path=packages', '--import', 'tsx'];
const children = [
  spawn('node', [...api, 'apps/api/src/demo/main.ts'], {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'development', ALLOWED_ORIGINS: ADMIN },
  }),
  spawn('node', ['../../node_modules/vite/bin/vite.js', '--clearScreen', 'false'], {
    stdio: 'inherit',
    cwd: 'apps/admin',
    env: { ...process.env, API_URL: `http://127.0.0.1:${process.env.PORT || 3000}` },
  }),
];
const end = () => children.forEach((child) => child.kill('SIGINT'));
process.on('SIGINT', end);
process.on('SIGTERM', end);
for (const child of children) child.on('exit', end);
console.log(`… the admin, reloading, will be at ${ADMIN}`);

import { fileURLToPath } from 'node:url';
import { readEnv } from './env.ts';
import { run } from './run.ts';
import { startDesk } from './start.ts';

/** The production start: configuration from the environment, no demo, no simulator. */
await run(async (log) => {
  const env = readEnv();
  const desk = await startDesk({ env, log: log(env.LOG_LEVEL), adminDir: adminDir() });
  process.stdout.write(`Sala listens on ${desk.url}\n`);
  if (desk.setUpCode)
    process.stdout.write(`Nobody is here yet. The first admin: ${desk.url}/set-up#${desk.setUpCode}\n`);
  return desk;
});

/** Beside the bundle, or where Vite builds it. */
function adminDir(): string {
  return fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../admin/dist' : './admin', import.meta.url));
}

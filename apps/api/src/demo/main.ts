import { StartError } from '@sala/db';
import { z } from 'zod';
import { readEnv } from '../env.ts';
import { run } from '../run.ts';
import { startDesk } from '../start.ts';
import { beside } from './beside.ts';
import { emailOf, fillOnce } from './fill.ts';
import { OPERATORS } from './people.ts';
import { tellSlowSteps } from './progress.ts';
import { keptSecret } from './secret.ts';
import { startSimulator } from './simulator.ts';

const DemoEnv = z.object({
  DATA_DIR: z.string().default('./data'),
  PORT: z.string().default('3000'),
  SIMULATOR_PORT: z.coerce.number().int().min(1).max(65_535).default(3001),
  DEMO_PASSWORD: z.string().min(12).max(256).default('sit-in-the-shade'),
});

function readDemoEnv(): z.infer<typeof DemoEnv> {
  const set = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  const demo = DemoEnv.safeParse(set);
  if (demo.success) return demo.data;
  throw new StartError(demo.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('\n'));
}

function welcome(url: string, { SIMULATOR_PORT, DEMO_PASSWORD }: z.infer<typeof DemoEnv>): string {
  const people = OPERATORS.map(({ key, role }) => `    ${emailOf(key).padEnd(24)} ${role}`).join('\n');
  return `
Sala is open.

  Be an operator   ${url}
${people}
    password: ${DEMO_PASSWORD}

  Be a customer    http://localhost:${SIMULATOR_PORT}

Ctrl-C ends it; the next start finds everything again.
`;
}

/** The whole thing on one machine: a desk with people on it, and a LINE to play the customer on. */
await run(async (log) => {
  const { progress, done } = tellSlowSteps();
  const demo = readDemoEnv();
  const env = readEnv({
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    ...process.env,
    SECRET_KEY: await keptSecret(demo.DATA_DIR),
    // The demo brings a channel of its own; a real one has no place on a simulator.
    LINE_CHANNEL_ID: '',
    LINE_CHANNEL_SECRET: '',
    LINE_CHANNEL_ACCESS_TOKEN: '',
    LINE_API_BASE: `http://localhost:${demo.SIMULATOR_PORT}`,
    LINE_DATA_API_BASE: `http://localhost:${demo.SIMULATOR_PORT}`,
  });

  const desk = await startDesk({
    env,
    log: log(env.LOG_LEVEL),
    adminDir: beside('../../../admin/dist', './admin'),
    progress,
    beforeListening: async (deps) => {
      progress('bringing in the people');
      await fillOnce(deps, { password: demo.DEMO_PASSWORD, pictures: env.LINE_API_BASE });
    },
  });
  progress('starting the LINE simulator');
  const simulator = await startSimulator(desk.deps, env.DATA_DIR, demo.SIMULATOR_PORT, env.PORT).catch(
    async (error: unknown) => {
      await desk.stop();
      throw error;
    },
  );
  done();
  process.stdout.write(welcome(desk.url, demo));
  return {
    broken: desk.broken,
    stop: async () => {
      await desk.stop();
      await simulator.stop();
    },
  };
});

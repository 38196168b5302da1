import { type DemoEnv, readDemoEnv, readEnv } from '../env.ts';
import { run } from '../run.ts';
import { startDesk } from '../start.ts';
import { beside } from './beside.ts';
import { emailOf, fillOnce } from './fill.ts';
import { OPERATORS } from './people.ts';
import { tellSlowSteps } from './progress.ts';
import { keptSecret } from './secret.ts';
import { startSimulator } from './simulator.ts';

function welcome(url: string, { SIMULATOR_PORT, DEMO_PASSWORD }: DemoEnv): string {
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
  const simulatorUrl = `http://localhost:${demo.SIMULATOR_PORT}`;
  const env = readEnv(undefined, {
    defaults: { LOG_LEVEL: 'warn' },
    fixed: {
      SECRET_KEY: await keptSecret(demo.DATA_DIR),
      // The demo brings a channel of its own; a real one has no place on a simulator.
      LINE_CHANNEL_ID: '',
      LINE_CHANNEL_SECRET: '',
      LINE_CHANNEL_ACCESS_TOKEN: '',
      LINE_API_BASE: simulatorUrl,
      LINE_DATA_API_BASE: simulatorUrl,
    },
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

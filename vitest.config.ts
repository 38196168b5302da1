import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

/** A real database, real sockets, the LINE simulator; once per kind of database. */
const integration = (name: string, on: 'embedded' | 'postgres', include: string[]): TestProjectConfiguration => ({
  test: {
    name,
    include,
    exclude: include.includes(OF_SEVERAL) ? [] : [OF_SEVERAL],
    env: { SALA_TEST_ON: on },
    globalSetup: ['./apps/api/test/desk/globalSetup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});

const OF_THE_DESK = ['apps/api/test/**/*.test.ts', 'packages/db/test/**/*.test.ts'];
/** Several servers of one desk, which hear each other over the Redis of TEST_REDIS_URL. */
const OF_SEVERAL = 'apps/api/test/servers/**/*.test.ts';
const OF_ITS_OWN = ['apps/line-simulator/test/**/*.test.ts'];

/** unit: pure and fast, part of `npm run check`. integration: everything else that needs no browser. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: { name: 'unit', include: ['faults/*.test.ts', 'packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts'] },
      },
      integration('integration', 'embedded', [...OF_THE_DESK, ...OF_ITS_OWN]),
      ...(process.env.TEST_DATABASE_URL ? [integration('postgres', 'postgres', OF_THE_DESK)] : []),
      ...(process.env.TEST_REDIS_URL
        ? [integration('servers', process.env.TEST_DATABASE_URL ? 'postgres' : 'embedded', [OF_SEVERAL])]
        : []),
    ],
  },
});

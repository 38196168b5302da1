import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { findChromium } from './e2e/chromium.ts';

/** The built demo, on ports and with data of its own: what a newcomer gets. */
const PORT = 3205;
const SIMULATOR_PORT = 3206;
process.env.E2E_DATA_DIR ??= mkdtempSync(path.join(tmpdir(), 'sala-e2e-'));

export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: `http://localhost:${PORT}`,
    locale: 'en-GB',
    launchOptions: await findChromium(),
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  metadata: { simulator: `http://localhost:${SIMULATOR_PORT}` },
  webServer: {
    command: 'node dist/demo.js',
    url: `http://localhost:${PORT}/readyz`,
    env: {
      PORT: String(PORT),
      SIMULATOR_PORT: String(SIMULATOR_PORT),
      DATA_DIR: process.env.E2E_DATA_DIR,
      NODE_ENV: 'production',
    },
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    stderr: 'pipe',
  },
});

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from '@playwright/test';

const PORT = 3207;
const SIMULATOR_PORT = 3208;

/** A demo of the test's own, which may be ended and started again under the pages that show it. */
export class OwnDesk {
  readonly url = `http://localhost:${PORT}`;
  readonly simulator = `http://localhost:${SIMULATOR_PORT}`;
  readonly #data = mkdtempSync(path.join(tmpdir(), 'sala-own-desk-'));
  #running: { server: ChildProcess; ended: Promise<void> } | null = null;

  async start(): Promise<void> {
    const server = spawn(process.execPath, ['dist/demo.js'], {
      env: {
        ...process.env,
        PORT: String(PORT),
        SIMULATOR_PORT: String(SIMULATOR_PORT),
        DATA_DIR: this.#data,
        NODE_ENV: 'production',
      },
      stdio: 'ignore',
    });
    this.#running = { server, ended: new Promise((resolve) => server.once('exit', () => resolve())) };
    const isReady = () =>
      fetch(`${this.url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(isReady, { timeout: 40_000 }).toBe(true);
  }

  /** SIGTERM says goodbye; SIGKILL does not. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.#running?.server.kill(signal);
    await this.#running?.ended;
    this.#running = null;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#data, { recursive: true, force: true });
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectSimulator } from '../src/index.ts';
import { CHANNEL, setStage } from './stage.ts';

const APP = join(import.meta.dirname, '..');

/** Runs the executable with Node and collects what it says until it is ready or over. */
function run(args: string[], { ipc = false } = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(APP, 'src/main.ts'), ...args], {
    cwd: APP,
    stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])],
  });
  let said = '';
  const ready = new Promise<string>((resolve) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('listens on')) resolve(said);
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
  });
  const over = once(child, 'close').then(([code]) => ({ code: code as number | null, said }));
  return { child, ready, over };
}

describe('The executable (SIM-X)', () => {
  it('[SIM-X1] says in one line where it listens, knows its config, and ends on SIGTERM', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'line-simulator-'));
    const config = join(folder, 'config.json');
    await writeFile(config, JSON.stringify({ channels: [CHANNEL], people: [{ displayName: 'แอน' }] }));

    const { child, over, ready } = run(['--port', '0', '--config', config]);
    const [, url] = /^The LINE simulator listens on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(await ready) ?? [];
    const { userId } = await connectSimulator(url!).customer({ displayName: '健' });
    child.kill('SIGTERM');

    expect(userId).toMatch(/^U[0-9a-f]{32}$/);
    expect(await over).toMatchObject({ code: 0 });
    await rm(folder, { recursive: true });
  });

  it('[SIM-X2] says in one line that the port is taken, and exits with 1', async () => {
    const { port } = await setStage();

    const { code, said } = await run(['--port', String(port)]).over;

    expect(code).toBe(1);
    expect(said).toBe(`Port ${port} on 127.0.0.1 is taken; choose another with --port\n`);
  });

  it('[SIM-X3] refuses arguments and configs it cannot use, with the reason', async () => {
    const [port, config] = await Promise.all([run(['--port', 'x']).over, run(['--config', 'nowhere.json']).over]);

    expect(port).toMatchObject({ code: 1, said: expect.stringContaining('x is not a port') });
    expect(config).toMatchObject({ code: 1, said: expect.stringContaining('nowhere.json cannot be used') });
  });

  it('[SIM-X4] ends when the program that started it lets go', async () => {
    const { child, ready } = run(['--port', '0'], { ipc: true });
    await ready;

    child.disconnect();

    expect(await once(child, 'exit')).toEqual([0, null]); // "close" does not come once the channel was closed from here
  });

  it('[SIM-X4] ends when the program that started it has gone before it listens', async () => {
    const { child } = run(['--port', '0'], { ipc: true });

    child.disconnect();

    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});

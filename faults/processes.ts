import { execFileSync, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** PostgreSQL refuses to run as root: whoever it runs as instead. Nobody else when we are not root. */
export function postgresUser(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** A folder of this run, which others may enter. What ends just now may still write into it while it is removed. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sala-faults-'));
  await chmod(folder, 0o755);
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 10 }) };
}

/** Keeps what a process says, for whoever has to find out why it said it. */
export function keepWords(child: ChildProcess, file: string): void {
  const words = createWriteStream(file, { flags: 'a' });
  child.stdout?.pipe(words, { end: false });
  child.stderr?.pipe(words, { end: false });
  child.once('close', () => words.end());
}

export const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

/** Sends the signal and waits for the end. Answers how long that took, in milliseconds. */
export async function endWith(child: ChildProcess, signal: NodeJS.Signals): Promise<number> {
  const asked = performance.now();
  if (!isRunning(child)) return 0;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
  return performance.now() - asked;
}

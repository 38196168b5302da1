import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ClientConfig } from 'pg';

/**
 * A database that was started for us. `stop` ends it cleanly and resolves when it has ended; `ended` resolves when it
 * has, asked or not.
 */
export type EmbeddedDatabase = {
  config: ClientConfig;
  pid: number;
  ended: Promise<unknown>;
  stop: () => Promise<void>;
};

/** The port is only part of the socket file's name: nothing listens on the network. */
const PORT = 5432;

/** How long the last transaction may take to reach the disk at the end. */
const STOP_WITHIN_MS = 10_000;

/**
 * Starts PostgreSQL compiled to WebAssembly (PGlite) in a child process over `dataDir`, and creates the database
 * when the folder is empty. It is reached by the `pg` protocol over a private Unix socket, like any PostgreSQL.
 * The caller must hold the data folder (`holdDataDir`): PGlite itself does not notice a second process.
 */
export async function startEmbedded(dataDir: string): Promise<EmbeddedDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sala-'));
  const socketPath = path.join(folder, `.s.PGSQL.${PORT}`);
  const child = fork(childScript(), [path.resolve(dataDir), socketPath], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: isSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : [],
  });
  const complaint = collectComplaint(child);

  const ended = once(child, 'exit').then(async ([code]) => {
    await rm(folder, { recursive: true, force: true });
    return code as number | null;
  });
  // Under `node --watch` a child also sends messages of Node's own.
  const listening = new Promise<true>((resolve) => {
    child.on('message', (message) => message === 'listening' && resolve(true));
  });
  const outcome = await Promise.race([listening, ended]);
  if (outcome !== true) throw new Error(`The embedded database did not start: ${complaint()}`);

  return {
    config: { host: folder, port: PORT, user: 'postgres', database: 'postgres' },
    pid: child.pid!,
    ended,
    stop: async () => {
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      if (child.connected) child.disconnect();
      await ended;
      clearTimeout(force);
    },
  };
}

const isSource = import.meta.url.endsWith('.ts');

const childScript = (): string =>
  fileURLToPath(new URL(isSource ? './embedded.child.ts' : './embedded.child.js', import.meta.url));

/** The last lines the child wrote to stderr, for the one line that tells why it did not start. */
function collectComplaint(child: ChildProcess): () => string {
  let text = '';
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => (text = (text + chunk).slice(-2_000)));
  return () => text.match(/^\w*Error: .*$/m)?.[0] ?? text.trim().split('\n').at(-1) ?? 'no reason given';
}

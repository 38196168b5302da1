/*
 * The embedded database, in a process of its own: WebAssembly would block the server's event loop.
 * Started by embedded.ts with the data folder and the socket's path; ends when its parent ends, however that ends.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { type Held, hold } from './dataDir.ts';
import { shareSession } from './sharedSession.ts';

const [dataDir, socketPath] = process.argv.slice(2);
if (!dataDir || !socketPath) throw new Error('usage: embedded.child <data folder> <socket path>');

/** Several pools (queries, jobs, a migration) speak to the one session behind the socket. */
const MAX_CONNECTIONS = 20;

/** How long another database over the same files may take to end. */
const WAIT_FOR_OTHER_MS = 15_000;
const LOOK_EVERY_MS = 50;

// Ctrl-C reaches the whole group of processes; the parent decides when the database may go.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

const held = await holdFiles();
const db = await PGlite.create({ dataDir });
const server = await shareSession(db, { path: socketPath, maxConnections: MAX_CONNECTIONS });
process.send?.('listening');

process.on('disconnect', () => {
  void stop();
});

async function stop(): Promise<void> {
  await server.stop();
  await db.close();
  await held.release();
  process.exit(0);
}

/** The database of a server that was killed may still be closing the same files: it is waited for. */
async function holdFiles(): Promise<Held> {
  const deadline = performance.now() + WAIT_FOR_OTHER_MS;
  for (;;) {
    const other = await hold(`${dataDir}.pid`);
    if (typeof other === 'object') return other;
    if (performance.now() > deadline) throw new Error(`process ${other} still has the files open`);
    await pause(LOOK_EVERY_MS);
  }
}

/*
 * The embedded database, in a process of its own: WebAssembly would block the server's event loop.
 * Started by embedded.ts with the data folder and the socket's path; ends when its parent ends, however that ends.
 */
import { PGlite } from '@electric-sql/pglite';
import { shareSession } from './sharedSession.ts';

const [dataDir, socketPath] = process.argv.slice(2);
if (!dataDir || !socketPath) throw new Error('usage: embedded.child <data folder> <socket path>');

/** Several pools (queries, jobs, a migration) speak to the one session behind the socket. */
const MAX_CONNECTIONS = 20;

// Ctrl-C reaches the whole group of processes; the parent decides when the database may go.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

const db = await PGlite.create({ dataDir });
const server = await shareSession(db, { path: socketPath, maxConnections: MAX_CONNECTIONS });
process.send?.('listening');

process.on('disconnect', () => {
  void stop();
});

async function stop(): Promise<void> {
  await server.stop();
  await db.close();
  process.exit(0);
}

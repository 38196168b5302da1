import { createServer, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import { type Part, Reader } from './protocolReader.ts';

/** A client of the one session. */
type Connection = { socket: Socket; isGone: boolean };

/** What one connection asks in one go, up to the message after which PostgreSQL is ready again. */
type Turn = { connection: Connection; messages: Uint8Array[] };

/**
 * Shares PGlite's one session between several connections. A connection has the session for a whole turn, which ends
 * where PostgreSQL is ready for the next query, and for all its turns while a transaction is open: the statements of
 * one turn have no name, so nobody else's may come between them. A connection that breaks gives its transaction up.
 */
class SharedSession {
  readonly #db: PGlite;
  #waiting: Turn[] = [];
  /** Who has a transaction open. */
  #holder: Connection | null = null;
  #running: Promise<void> | null = null;

  constructor(db: PGlite) {
    this.#db = db;
  }

  ask(turn: Turn): void {
    this.#waiting.push(turn);
    this.#wake();
  }

  leave(connection: Connection): void {
    connection.isGone = true;
    this.#waiting = this.#waiting.filter((turn) => turn.connection !== connection);
    this.#wake();
  }

  /** Resolves when nothing runs any more. */
  async idle(): Promise<void> {
    await this.#running;
  }

  #wake(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#mayGoOn()) this.#wake();
    });
  }

  async #run(): Promise<void> {
    await this.#giveUpBroken();
    for (let turn = this.#next(); turn; turn = this.#next()) {
      await this.#take(turn);
      await this.#giveUpBroken();
    }
  }

  #mayGoOn = (): boolean =>
    this.#holder?.isGone === true ||
    this.#waiting.some(({ connection }) => this.#holder === null || connection === this.#holder);

  #next(): Turn | undefined {
    const index = this.#waiting.findIndex(({ connection }) => this.#holder === null || connection === this.#holder);
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  async #take({ connection, messages }: Turn): Promise<void> {
    const { socket } = connection;
    socket.cork();
    try {
      for (const message of messages) {
        // The data lies in the database's own memory, which the next message uses again.
        await this.#db.execProtocolRawStream(message, { onRawData: (data) => void socket.write(Buffer.from(data)) });
      }
    } catch (error) {
      socket.destroy(error as Error);
    }
    socket.uncork();
    this.#holder = this.#db.isInTransaction() ? connection : null;
  }

  async #giveUpBroken(): Promise<void> {
    if (!this.#holder?.isGone) return;
    await this.#db.exec('rollback');
    this.#holder = null;
  }
}

/** Listens on a Unix socket for connections to `db`. `stop` finishes what is being asked and lets go of everybody. */
export async function shareSession(
  db: PGlite,
  { path, maxConnections }: { path: string; maxConnections: number },
): Promise<{ stop: () => Promise<void> }> {
  const session = new SharedSession(db);
  const sockets = new Set<Socket>();

  const server = createServer((socket) => {
    const connection: Connection = { socket, isGone: false };
    const reader = new Reader();
    const does: Record<Part['type'], (part: Part) => void> = {
      turn: ({ messages }) => session.ask({ connection, messages }),
      refuseEncryption: () => void socket.write('N'),
      end: () => void socket.end(),
    };
    sockets.add(socket);
    socket.on('data', (data) => {
      try {
        for (const part of reader.read(data)) does[part.type](part);
      } catch (error) {
        socket.destroy(error as Error); // no PostgreSQL client
      }
    });
    socket.on('error', () => undefined); // 'close' follows, and says enough
    socket.on('close', () => {
      sockets.delete(socket);
      session.leave(connection);
    });
  });
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));

  return {
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await session.idle();
      for (const socket of sockets) socket.destroy();
      await closed;
      await session.idle();
    },
  };
}

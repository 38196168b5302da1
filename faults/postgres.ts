import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { chown, mkdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { endWith, freePort, isRunning, keepWords, postgresUser } from './processes.ts';
import type { Random } from './random.ts';
import { until } from './waiting.ts';

/** Where Debian keeps PostgreSQL's programs. */
const DEBIAN = '/usr/lib/postgresql';

const READY_WITHIN_MS = 20_000;

/** A PostgreSQL of this run alone: a cluster in a temporary folder, on a free port, ended by its own process id. */
export class Postgres {
  readonly port: number;
  readonly #folder: string;
  readonly #bin: string;
  #server: ChildProcess | undefined;

  private constructor(folder: string, bin: string, port: number) {
    this.#folder = folder;
    this.#bin = bin;
    this.port = port;
  }

  static async make(parent: string): Promise<Postgres> {
    const folder = path.join(parent, 'postgres');
    await mkdir(folder, { mode: 0o700 });
    const { uid, gid } = postgresUser();
    if (uid !== undefined) await chown(folder, uid, gid);
    const bin = programs();
    const options = ['-D', folder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
    execFileSync(path.join(bin, 'initdb'), options, { ...postgresUser(), cwd: folder, stdio: 'ignore' });
    const postgres = new Postgres(folder, bin, await freePort());
    await postgres.start();
    return postgres;
  }

  /** Resolves when it answers. */
  async start(): Promise<void> {
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: this.#folder,
      fsync: 'off',
      max_connections: '120',
    };
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const begin = () => {
      const args = ['-D', this.#folder, '-p', String(this.port)].concat(options);
      const server = spawn(path.join(this.#bin, 'postgres'), args, {
        ...postgresUser(),
        cwd: this.#folder,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      keepWords(server, `${this.#folder}.log`);
      return server;
    };
    this.#server = begin();
    const answers = async () => {
      // While a backend of the one before still lives, a new one refuses to begin.
      if (!isRunning(this.#server!)) this.#server = begin();
      return this.ask('select 1').then(Boolean, () => false);
    };
    await until(answers, READY_WITHIN_MS, 'PostgreSQL to start');
  }

  /** Ends it as a power cut would, but for what the system has taken already: no checkpoint, no goodbye. */
  async stopAtOnce(): Promise<void> {
    if (this.#server) await endWith(this.#server, 'SIGQUIT');
  }

  /** Ends the connection of each backend of the desk by this chance, whatever it is doing. Answers how many. */
  async terminateBackends(random: Random, share: number): Promise<number> {
    const backends = await this.ask<{ pid: number }>(
      `select pid from pg_stat_activity where datname = 'sala' and pid <> pg_backend_pid()`,
    );
    const victims = backends.filter(() => random.chance(share)).map(({ pid }) => pid);
    await this.ask('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [victims]);
    return victims.length;
  }

  /** Ends the connections that are inside a transaction just now. Answers how many. */
  async terminateTransactions(): Promise<number> {
    const ended = await this.ask(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = 'sala' and pid <> pg_backend_pid() and state in ('active', 'idle in transaction')`,
    );
    return ended.length;
  }

  /** One question on a connection of its own, past every proxy. */
  async ask<T extends pg.QueryResultRow>(
    question: string,
    values: unknown[] = [],
    database = 'postgres',
  ): Promise<T[]> {
    const client = new pg.Client({ host: '127.0.0.1', port: this.port, user: 'postgres', database });
    client.on('error', () => undefined); // the question in flight rejects
    try {
      await client.connect();
      return (await client.query<T>(question, values)).rows;
    } finally {
      await client.end().catch(() => undefined); // it may be gone already
    }
  }

  async end(): Promise<void> {
    if (this.#server) await endWith(this.#server, 'SIGQUIT');
  }
}

function programs(): string {
  const versions = readdirSync(DEBIAN).toSorted((a, b) => Number(a) - Number(b));
  const newest = versions.at(-1);
  if (!newest) throw new Error(`There is no PostgreSQL in ${DEBIAN}`);
  return path.join(DEBIAN, newest, 'bin');
}

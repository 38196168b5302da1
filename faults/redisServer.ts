import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'redis';
import { endWith, freePort, isRunning, keepWords } from './processes.ts';

const READY_WITHIN_MS = 10_000;

/** A Redis of this run alone, which keeps nothing. */
export class RedisServer {
  readonly port: number;
  readonly #folder: string;
  #server: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.port = port;
  }

  static async make(folder: string): Promise<RedisServer> {
    const redis = new RedisServer(folder, await freePort());
    await redis.start();
    return redis;
  }

  /** Resolves when it answers. */
  async start(): Promise<void> {
    const options = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.#server = spawn('redis-server', [...options, '--dir', this.#folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    keepWords(this.#server, `${this.#folder}/redis.log`);
    const until = performance.now() + READY_WITHIN_MS;
    while (!(await this.ask('PING').then(Boolean, () => false))) {
      if (!isRunning(this.#server) || performance.now() > until) throw new Error('Redis does not start');
      await pause(50);
    }
  }

  /** Ends it without a goodbye. */
  async kill(): Promise<void> {
    if (this.#server) await endWith(this.#server, 'SIGKILL');
  }

  /** It is there and does nothing, as in a long pause. */
  freeze(): void {
    this.#server?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#server?.kill('SIGCONT');
  }

  /** One command on a connection of its own, past every proxy. */
  async ask(...command: string[]): Promise<unknown> {
    const client = createClient({ url: `redis://127.0.0.1:${this.port}`, socket: { reconnectStrategy: false } });
    client.on('error', () => undefined); // the command rejects
    try {
      await client.connect();
      return await client.sendCommand(command);
    } finally {
      client.destroy();
    }
  }

  async end(): Promise<void> {
    this.thaw();
    await this.kill();
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { endWith, isRunning, keepWords } from './processes.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What ships: `npm run test:faults` builds it when it is stale. */
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** A start reads, migrates and listens; on a busy machine with other starts beside it. */
const START_WITHIN_MS = 30_000;

/** A server of the desk, as a process of its own. The worker that delivers runs inside it. */
export class ApiServer {
  readonly name: string;
  readonly port: number;
  /** How often it ended without being asked to. */
  crashes: string[] = [];
  readonly #env: Record<string, string>;
  readonly #words: string;
  #process: ChildProcess | undefined;
  #isAsked = false;

  constructor({ name, port, env, words }: { name: string; port: number; env: Record<string, string>; words: string }) {
    this.name = name;
    this.port = port;
    this.#env = { ...env, PORT: String(port) };
    this.#words = words;
  }

  get isRunning(): boolean {
    return this.#process !== undefined && isRunning(this.#process);
  }

  /** Resolves when it listens. */
  async start(): Promise<void> {
    this.#isAsked = false;
    // With a channel to us it ends by itself when we do.
    const child = spawn(process.execPath, [MAIN], {
      cwd: ROOT,
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#process = child;
    keepWords(child, this.#words);
    child.once('exit', (code, signal) => {
      if (!this.#isAsked) this.crashes.push(`${this.name} ended by itself (${signal ?? code})`);
    });
    const listens = new Promise<void>((resolve) => {
      child.stdout!.on('data', (words: Buffer) => words.includes('Sala listens') && resolve());
    });
    const ends = once(child, 'exit').then(() => Promise.reject(new Error(`${this.name} does not start`)));
    const tooLong = new Promise<never>((_resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.name} takes too long to start`)), START_WITHIN_MS);
      void listens.then(() => clearTimeout(timer));
    });
    await Promise.race([listens, ends, tooLong]).finally(() => {
      ends.catch(() => undefined);
      tooLong.catch(() => undefined);
    });
  }

  /** kill -9. */
  async kill(): Promise<void> {
    this.#isAsked = true;
    if (this.#process) await endWith(this.#process, 'SIGKILL');
  }

  /** SIGTERM. Answers how long the goodbye took, in milliseconds, and the exit code. */
  async stop(): Promise<{ tookMs: number; code: number | null }> {
    this.#isAsked = true;
    const child = this.#process;
    if (!child) return { tookMs: 0, code: 0 };
    const tookMs = await endWith(child, 'SIGTERM');
    return { tookMs, code: child.exitCode };
  }
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Finding } from '../account.ts';
import type { Held, Hello } from '../leakHost.ts';
import type { Length } from '../play.ts';
import { endWith, freePort, keepWords } from '../processes.ts';
import { ORIGIN, signIn } from '../signIn.ts';
import type { Stage } from '../stage.ts';

const CYCLES = { short: 500, long: 5_000 };

/** The heap is compared from here on: what is made once and kept (compiled code, caches) is made by then. */
const WARM_UP = 500;

const AT_ONCE = 8;

const HEAP_MAY_GROW = 0.05;

/** Until the last presence, the last lease and the last timer have run out. */
const EMPTY_WITHIN_MS = 30_000;

const DATABASE = 'leaks';

/** A dial that is reset before anybody answered it is dialled again, as a client does; so often in a row it is a finding. */
const MAX_DIALS = 5;

export type Leaks = { findings: Finding[]; cycles: number; redials: number; before: Held; after: Held; tookMs: number };

/** Opens the desk and drops it, again and again; half of the time without a goodbye. */
export const leaks = {
  title: '[FA8] tabs that come and go leave nothing behind (A10)',
  async run(stage: Stage, length: Length): Promise<Leaks> {
    const begun = performance.now();
    await stage.postgres.ask(`create database ${DATABASE}`);
    const port = await freePort();
    const host = startHost(stage, port);
    try {
      const [{ rooms, emails }] = (await once(host, 'message')) as [Hello];
      const cookies: string[] = [];
      for (const email of emails) cookies.push(await signIn(port, email));
      const cycles = CYCLES[length];
      const fresh = await measure(host);
      let redials = await cycle(WARM_UP, { port, rooms, cookies });
      const { heapBytes } = await emptied(host, { ...fresh, timers: Number.POSITIVE_INFINITY });
      const before = { ...fresh, heapBytes };
      redials += await cycle(cycles, { port, rooms, cookies });
      const after = await emptied(host, before);
      const tookMs = performance.now() - begun;
      return { findings: compare(before, after), cycles, redials, before, after, tookMs };
    } finally {
      await endWith(host, 'SIGKILL');
    }
  },
};

function startHost({ env, folder, postgres }: Stage, port: number): ChildProcess {
  const host = fork(fileURLToPath(new URL('../leakHost.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx', '--expose-gc'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env.PATH,
      ...env,
      PORT: String(port),
      DATABASE_URL: `postgres://postgres@127.0.0.1:${postgres.port}/${DATABASE}`,
    },
  });
  keepWords(host, path.join(folder, 'leaks.log'));
  return host;
}

async function measure(host: ChildProcess): Promise<Held> {
  const answer = once(host, 'message') as Promise<[Held]>;
  host.send('measure');
  return (await answer)[0];
}

/** What is held when nobody is there any more: no more than before, or what it is when time is up. */
async function emptied(host: ChildProcess, before: Held): Promise<Held> {
  const until = performance.now() + EMPTY_WITHIN_MS;
  for (;;) {
    const held = await measure(host);
    if (countsOver(before, held).length === 0 || performance.now() > until) return held;
    await pause(500);
  }
}

function compare(before: Held, after: Held): Finding[] {
  const findings = countsOver(before, after).map((name): Finding => ({
    kind: 'differs',
    what: `${name}: ${before[name]} before, and ${after[name]} after`,
  }));
  if (after.heapBytes <= before.heapBytes * (1 + HEAP_MAY_GROW)) return findings;
  const what = `the heap has grown from ${megabytes(before.heapBytes)} to ${megabytes(after.heapBytes)}`;
  return [...findings, { kind: 'differs', what }];
}

const COUNTS = ['listeners', 'rooms', 'lists', 'presence', 'timers'] as const;

const countsOver = (before: Held, after: Held) => COUNTS.filter((name) => after[name] > before[name]);

export const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

type Where = { port: number; rooms: readonly string[]; cookies: readonly string[] };

/** `count` tabs, a few at once. Answers how many dials were reset. */
async function cycle(count: number, where: Where): Promise<number> {
  let [number, redials] = [0, 0];
  const work = async () => {
    while (number < count) redials += await openAndDrop((number += 1), where);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return redials;
}

/** An open socket, and how many dials were reset before. */
async function dial({ port }: Where, cookie: string): Promise<{ socket: WebSocket; redials: number }> {
  for (let redials = 0; ; redials += 1) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`, { headers: { cookie, origin: ORIGIN } });
    try {
      await once(socket, 'open');
      return { socket, redials };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET' || redials + 1 >= MAX_DIALS) throw error;
    }
  }
}

/** One tab: four streams, each answered, and then gone. Answers how many of its dials were reset. */
async function openAndDrop(number: number, where: Where): Promise<number> {
  const { rooms, cookies } = where;
  const cookie = cookies[number % cookies.length]!;
  const conversationId = rooms[number % rooms.length]!;
  const { socket, redials } = await dial(where, cookie);
  const closed = once(socket, 'close');
  const streams = [
    { path: 'room.follow', input: { conversationId } },
    { path: 'room.presence', input: { conversationId } },
    { path: 'presence.follow' },
    { path: 'inbox.follow', input: { view: 'all' } },
  ];
  const begun = started(socket, streams.length);
  for (const [id, params] of streams.entries()) socket.send(JSON.stringify({ id, method: 'subscription', params }));
  await begun;
  if (number % 2 === 0) socket.terminate();
  else {
    for (const id of streams.keys()) socket.send(JSON.stringify({ id, method: 'subscription.stop' }));
    socket.close();
  }
  await closed;
  return redials;
}

type Frame = { id: number; result?: { type?: string }; error?: { message: string } };

/** Resolves when so many streams have begun. */
function started(socket: WebSocket, count: number): Promise<void> {
  let left = count;
  return new Promise((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      const { result, error } = JSON.parse(data.toString('utf8')) as Frame;
      if (error) reject(new Error(`a stream was refused: ${error.message}`));
      if (result?.type !== 'started') return;
      left -= 1;
      if (left === 0) resolve();
    });
    socket.once('close', () => reject(new Error('a socket was closed before its streams began')));
  });
}

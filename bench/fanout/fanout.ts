import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bundled } from '../bundled.ts';
import { median, print, round } from '../report.ts';
import { CANDIDATES, type CandidateName } from './candidates.ts';

const LISTENERS = [200, 1_000];
const ROUNDS = 3;
const WARM_UP = 100;

/** Closed loop: so many events, with so many on their way. Paced: this many deliveries a second for this long. */
const CLOSED_DELIVERIES = 100_000;
const IN_FLIGHT = 4;
const PACED_PER_SECOND = 20_000;
const PACED_SECONDS = 3;

type Cell = { closed: number; paced: number };

/** Server CPU per delivery, for every candidate in turn, in several rounds. */
export async function bench(): Promise<void> {
  const rows: Record<string, string | number>[] = [];
  const script = await bundled(here('./server.ts'));
  for (const listeners of LISTENERS) {
    const cells = new Map<CandidateName, Cell[]>();
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      for (const name of Object.keys(CANDIDATES) as CandidateName[]) {
        cells.set(name, [...(cells.get(name) ?? []), await measure(script, name, listeners)]);
      }
    }
    const of = (name: CandidateName, loop: keyof Cell) => median(cells.get(name)!.map((cell) => cell[loop]));
    for (const name of cells.keys()) {
      const [closed, paced] = [of(name, 'closed'), of(name, 'paced')];
      rows.push({
        listeners,
        candidate: name,
        'closed µs': round(closed),
        'closed × raw ws': round(closed / of('raw ws', 'closed')),
        'paced µs': round(paced),
        'paced × raw ws': round(paced / of('raw ws', 'paced')),
      });
    }
  }
  print('fanout', rows);
}

async function measure(script: string, name: CandidateName, listeners: number): Promise<Cell> {
  const server = pinned(script, [name], 0);
  const [where] = (await once(server, 'message')) as [object];
  const clients = pinned(here('./listeners.ts'), [JSON.stringify(where), String(listeners)], 1);
  await once(clients, 'message');
  let heard = 0;
  clients.on('message', ({ events }: { events: number }) => (heard = events));
  const run = { server, clients, heard: () => heard, listeners };

  await closedLoop(run, WARM_UP);
  const closed = await cost(run, Math.ceil(CLOSED_DELIVERIES / listeners), closedLoop);
  const paced = await cost(run, Math.ceil((PACED_PER_SECOND * PACED_SECONDS) / listeners), pacedLoop);
  for (const child of [clients, server]) {
    child.disconnect();
    await once(child, 'exit');
  }
  return { closed, paced };
}

type Run = { server: ChildProcess; clients: ChildProcess; heard: () => number; listeners: number };

/** Microseconds of the server's CPU for each delivery. */
async function cost(run: Run, events: number, loop: (run: Run, events: number) => Promise<void>): Promise<number> {
  run.server.send('start');
  await loop(run, events);
  const answer = once(run.server, 'message') as Promise<[{ cpuMicros: number }]>;
  run.server.send('stop');
  return (await answer)[0].cpuMicros / (events * run.listeners);
}

async function closedLoop({ server, clients, heard }: Run, events: number): Promise<void> {
  const goal = heard() + events;
  let published = heard();
  while (heard() < goal) {
    const more = Math.min(goal - published, IN_FLIGHT - (published - heard()));
    if (more > 0) server.send({ publish: more });
    published += Math.max(0, more);
    await once(clients, 'message');
  }
}

async function pacedLoop({ server, clients, heard, listeners }: Run, events: number): Promise<void> {
  const goal = heard() + events;
  const gapMs = 1_000 / (PACED_PER_SECOND / listeners);
  const begin = performance.now();
  for (let i = 0; i < events; i += 1) {
    const waitMs = begin + i * gapMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    server.send({ publish: 1 });
  }
  while (heard() < goal) await once(clients, 'message');
}

/** The server has one core and the listeners the other, where that can be arranged. */
const here = (script: string) => fileURLToPath(new URL(script, import.meta.url));

function pinned(script: string, args: string[], core: number): ChildProcess {
  const child = fork(script, args, {
    execArgv: script.endsWith('.ts') ? ['--import', 'tsx'] : [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  spawnSync('taskset', ['-acp', String(core), String(child.pid)]);
  return child;
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bundled } from '../bundled.ts';
import { type CandidateName } from '../fanout/candidates.ts';
import { median, print, round } from '../report.ts';

const SOCKETS = 1_000;
const ROUNDS = 3;
const COMPARED: CandidateName[] = ['raw ws', 'plain tRPC', 'Sala'];

/** So many come and go first, so that what is made once is not counted. */
const WARM_UP = 300;

/** Time for sockets to be gone, and for what waited for them. */
const SETTLE_MS = 2_000;

type Memory = { rss: number; heap: number };

/**
 * What an idle socket costs the server: with one subscription, which for Sala is room.follow after its hand-over, of one
 * of 100 operators. Used memory after collecting, with 1,000 sockets and without; and resident memory, in which is also
 * the room that rubbish of their opening took and that is free again.
 */
export async function bench(): Promise<void> {
  const cells = new Map(COMPARED.map((name): [CandidateName, Memory[]] => [name, []]));
  const script = await bundled(here('../fanout/server.ts'));
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    for (const [name, memories] of cells) memories.push(await measure(script, name));
  }
  const kb = (name: CandidateName, figure: keyof Memory) =>
    median(cells.get(name)!.map((cell) => cell[figure])) / 1_024;
  print(
    'sockets',
    COMPARED.map((candidate) => ({
      candidate,
      'RSS KB each': round(kb(candidate, 'rss'), 1),
      'heap KB each': round(kb(candidate, 'heap'), 1),
      'heap × plain tRPC': round(kb(candidate, 'heap') / kb('plain tRPC', 'heap')),
    })),
  );
}

async function measure(script: string, name: CandidateName): Promise<Memory> {
  const server = child(script, [name], ['--expose-gc']);
  const [where] = (await once(server, 'message')) as [object];
  const listen = async (count: number) => {
    const listeners = child(
      here('../fanout/listeners.ts'),
      [JSON.stringify(where), String(count)],
      ['--import', 'tsx'],
    );
    await once(listeners, 'message');
    await pause(SETTLE_MS);
    return listeners;
  };
  await end(await listen(WARM_UP));
  await pause(SETTLE_MS);
  const before = await memoryOf(server);
  const listeners = await listen(SOCKETS);
  const after = await memoryOf(server);
  await end(listeners);
  await end(server);
  return { rss: (after.rss - before.rss) / SOCKETS, heap: (after.heap - before.heap) / SOCKETS };
}

async function memoryOf(server: ChildProcess): Promise<Memory> {
  const answer = once(server, 'message') as Promise<[Memory]>;
  server.send('memory');
  return (await answer)[0];
}

const here = (script: string) => fileURLToPath(new URL(script, import.meta.url));

const child = (script: string, args: string[], execArgv: string[]): ChildProcess =>
  fork(script, args, { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });

async function end(process: ChildProcess): Promise<void> {
  process.disconnect();
  await once(process, 'exit');
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { fileURLToPath } from 'node:url';
import { bundled } from '../bundled.ts';
import { benchServer, ownDatabase } from '../ownDatabase.ts';
import { median, print, round, share } from '../report.ts';
import { CANDIDATES, type CandidateName, FOLLOWERS, ROOMS, type Where } from './candidates.ts';
import { dial, frame } from './frames.ts';
import { postMessage } from './webhook.ts';

const PER_SECOND = [50, 200, 400];
const ROUNDS = 3;
const SECONDS = 8;
const WARM_UP_SECONDS = 2;

/** What has not come by then does not come. */
const PATIENCE_MS = 10_000;

/** Where the messages go: all into one room, whose log is one line; or into each of ten in turn. */
const INTO = { 'one room': 1, 'ten rooms': ROOMS.length };

type Running = { child: ChildProcess; post: (number: number, room: string) => Promise<number>; load: Load };

/**
 * `last`: until the last of the followers has it. `each`: until one has it. In ms, sorted. `refused`: webhooks that were
 * not answered 200. `missing`: frames.
 */
type Cell = { last: number[]; each: number[]; cpuPercent: number; refused: number; missing: number };

/**
 * A signed webhook in, its frame at 100 operators' sockets, each of which follows all ten rooms: from before the POST to
 * the bytes at the follower, who are one process. On the PostgreSQL of BENCH_DATABASE_URL.
 */
export async function bench(): Promise<void> {
  const server = benchServer();
  const script = await bundled(fileURLToPath(new URL('./server.ts', import.meta.url)));
  const databases = await Promise.all(Object.keys(CANDIDATES).map(() => ownDatabase(server)));
  const names = Object.keys(CANDIDATES) as CandidateName[];
  const running = await Promise.all(names.map((name, index) => start(script, name, databases[index]!.url)));
  const rows: Record<string, string | number>[] = [];
  for (const [into, rooms] of Object.entries(INTO)) {
    for (const perSecond of PER_SECOND) {
      const cells = names.map((): Cell[] => []);
      for (const one of running) await paced(one, { perSecond, rooms, seconds: WARM_UP_SECONDS });
      for (let turn = 0; turn < ROUNDS; turn += 1) {
        for (const [index, one] of running.entries()) {
          cells[index]!.push(await paced(one, { perSecond, rooms, seconds: SECONDS }));
        }
      }
      const of = (index: number, figure: (cell: Cell) => number) => median(cells[index]!.map(figure));
      const p99 = (cell: Cell) => share(cell.last, 0.99);
      for (const [index, candidate] of names.entries()) {
        rows.push({
          into,
          'per second': perSecond,
          candidate,
          'last p50 ms': round(of(index, ({ last }) => share(last, 0.5))),
          'last p99 ms': round(of(index, p99)),
          '× p99': round(of(index, p99) / of(0, p99)),
          'each p50 ms': round(of(index, ({ each }) => share(each, 0.5))),
          'each p99 ms': round(of(index, ({ each }) => share(each, 0.99))),
          'CPU %': round(of(index, ({ cpuPercent }) => cpuPercent)),
          refused: cells[index]!.reduce((sum, { refused }) => sum + refused, 0),
          missing: cells[index]!.reduce((sum, { missing }) => sum + missing, 0),
        });
      }
    }
  }
  print('deliver', rows);
  for (const { child } of running) {
    child.disconnect();
    await once(child, 'exit');
  }
  for (const { drop } of databases) await drop();
}

async function start(script: string, name: CandidateName, databaseUrl: string): Promise<Running> {
  const child = fork(script, [name, databaseUrl], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [where] = (await once(child, 'message')) as [Where];
  const load = new Load();
  for (let follower = 0; follower < FOLLOWERS; follower += 1) {
    const { port, socketPath: path, headers } = where;
    const socket = await dial({ port, path, headers: headers[follower % headers.length]! }, (heard) =>
      load.hear(heard),
    );
    for (const text of where.greeting) socket.write(frame(text));
  }
  const to = { port: where.port, path: where.webhookPath, agent: new Agent({ keepAlive: true }) };
  const post = (number: number, room: string) => {
    load.send(number);
    return postMessage(to, { number, room, text: `${MARK}${number} Is there a table for four tomorrow at seven?` });
  };
  return { child, load, post };
}

async function paced(
  { child, load, post }: Running,
  { perSecond, rooms, seconds }: { perSecond: number; rooms: number; seconds: number },
): Promise<Cell> {
  const count = perSecond * seconds;
  const first = load.begin(count);
  child.send('start');
  const begin = performance.now();
  const answers: Promise<number>[] = [];
  for (let index = 0; index < count; index += 1) {
    const waitMs = begin + (index * 1_000) / perSecond - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    answers.push(post(first + index, ROOMS[index % rooms]!));
  }
  const refused = (await Promise.all(answers)).filter((status) => status !== 200).length;
  await load.arrived();
  const ms = performance.now() - begin;
  const answer = once(child, 'message') as Promise<[{ cpuMicros: number }]>;
  child.send('stop');
  const [{ cpuMicros }] = await answer;
  return { ...load.taken(), refused, cpuPercent: cpuMicros / ms / 10 };
}

/** When each message left, and when each follower had it. */
class Load {
  #first = 1_000_000;
  #sentAt: number[] = [];
  #heard: number[] = [];
  #last: number[] = [];
  #each: number[] = [];
  #whole = () => {};

  /** Answers the number of the first message: all have seven digits. */
  begin(count: number): number {
    this.#first += this.#sentAt.length;
    [this.#sentAt, this.#heard] = [Array.from({ length: count }, () => 0), Array.from({ length: count }, () => 0)];
    [this.#last, this.#each] = [[], []];
    return this.#first;
  }

  send(number: number): void {
    this.#sentAt[number - this.#first] = performance.now();
  }

  hear(payload: Buffer): void {
    const at = payload.indexOf(MARK);
    if (at < 0) return;
    const index = Number(payload.toString('latin1', at + MARK.length, at + MARK.length + 7)) - this.#first;
    if (!(index >= 0)) return;
    const took = performance.now() - this.#sentAt[index]!;
    this.#each.push(took);
    this.#heard[index]! += 1;
    if (this.#heard[index] !== FOLLOWERS) return;
    this.#last.push(took);
    if (this.#last.length === this.#sentAt.length) this.#whole();
  }

  async arrived(): Promise<void> {
    if (this.#last.length === this.#sentAt.length) return;
    await new Promise<void>((resolve) => {
      this.#whole = resolve;
      setTimeout(resolve, PATIENCE_MS);
    });
  }

  taken(): Pick<Cell, 'last' | 'each' | 'missing'> {
    const missing = this.#sentAt.length * FOLLOWERS - this.#each.length;
    const ascending = (a: number, b: number) => a - b;
    return { last: this.#last.toSorted(ascending), each: this.#each.toSorted(ascending), missing };
  }
}

const MARK = '@@';

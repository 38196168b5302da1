import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { configOf } from '@sala/db';
import pg from 'pg';
import { CHANNEL } from '../benchDesk.ts';
import { bundled } from '../bundled.ts';
import { postMessage } from '../deliver/webhook.ts';
import { benchServer, ownDatabase } from '../ownDatabase.ts';
import { median, print, round } from '../report.ts';
import type { Spent } from './server.ts';
import { type Dials, Tab } from './tab.ts';

const OPERATORS = 100;
const TABS_EACH = 10;
const SOCKETS = OPERATORS * TABS_EACH;
const ROOMS = Array.from({ length: 10 }, (_, number) => `room-${number}`);
const PER_SECOND = 20;
const ROUNDS = 3;

/** How long the desk is watched before a storm, and given to calm down after it. */
const CALM_MS = 6_000;

const LOOK_EVERY_MS = 20;
const PATIENCE_MS = 60_000;

/** So many tabs are being opened at once. */
const OPENING = 20;

/**
 * A thousand tabs (a hundred operators with ten each, a room in each) lose their sockets in one moment while customers
 * go on writing: how long until every one has every event of its room that the database has, and what that cost.
 */
export async function bench(): Promise<void> {
  const database = await ownDatabase(benchServer());
  const server = fork(
    await bundled(fileURLToPath(new URL('./server.ts', import.meta.url))),
    [database.url, String(OPERATORS), ROOMS.join(',')],
    { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  const [where] = (await once(server, 'message')) as [{ port: number; headers: Record<string, string>[] }];
  const dials: Dials = { at: [], refused: [], refusals: [] };
  const tabs = await open(where, dials);
  const log = new pg.Pool({ ...configOf(database.url), max: 1 });
  const customers = new Customers(where.port);
  const storms: Storm[] = [];
  for (let turn = 0; turn < ROUNDS; turn += 1) storms.push(await storm({ server, log, tabs, dials }));
  await customers.stop();
  const behind = await inSync(log, tabs);
  const of = (figure: keyof Storm) => round(median(storms.map((one) => one[figure])));
  print('storm', [
    {
      sockets: SOCKETS,
      'in sync after s': of('seconds'),
      'slowest s': round(Math.max(...storms.map(({ seconds }) => seconds))),
      dials: of('dials'),
      'most dials in a s': of('mostDials'),
      'failed dials': of('refused'),
      'streams and calls refused': of('refusals'),
      'queries per socket': of('queriesEach'),
      'server CPU s': of('cpuSeconds'),
      'CPU % when calm': of('calmCpuPercent'),
      'out of order': tabs.reduce((sum, { wrong }) => sum + wrong, 0),
      'tabs behind at the end': behind,
    },
  ]);
  for (const reason of new Set(dials.refused)) console.log(`a dial failed: ${reason}`);
  for (const reason of new Set(dials.refusals)) console.log(`a stream or a call was refused: ${reason}`);
  for (const tab of tabs) tab.close();
  await log.end();
  server.disconnect();
  await once(server, 'exit');
  await database.drop();
}

type Storm = {
  seconds: number;
  dials: number;
  mostDials: number;
  refused: number;
  refusals: number;
  queriesEach: number;
  cpuSeconds: number;
  calmCpuPercent: number;
};

type Stage = { server: ChildProcess; log: pg.Pool; tabs: readonly Tab[]; dials: Dials };

async function storm({ server, log, tabs, dials }: Stage): Promise<Storm> {
  const early = await spent(server);
  await pause(CALM_MS);
  const before = await spent(server);
  dials.at = [];
  const [refused, refusals] = [dials.refused.length, dials.refusals.length];
  const begin = performance.now();
  for (const tab of tabs) tab.cut();
  const end = begin + PATIENCE_MS;
  await until(() => tabs.every(({ isBack }) => isBack), end);
  await inSync(log, tabs, end);
  const ms = performance.now() - begin;
  const after = await spent(server);
  // What the customers' messages cost meanwhile is not the storm's.
  const besides = (figure: keyof Spent) => ((before[figure] - early[figure]) / CALM_MS) * ms;
  const perSecond = new Map<number, number>();
  for (const at of dials.at) {
    const second = Math.floor((at - begin) / 1_000);
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
  }
  return {
    seconds: ms / 1_000,
    dials: dials.at.length,
    mostDials: Math.max(...perSecond.values()),
    refused: dials.refused.length - refused,
    refusals: dials.refusals.length - refusals,
    queriesEach: (after.queries - before.queries - besides('queries')) / SOCKETS,
    cpuSeconds: (after.cpuMicros - before.cpuMicros - besides('cpuMicros')) / 1_000_000,
    calmCpuPercent: (before.cpuMicros - early.cpuMicros) / CALM_MS / 10,
  };
}

/** Resolves when every tab has every event that the database has now; answers how many tabs never had. */
async function inSync(log: pg.Pool, tabs: readonly Tab[], end = performance.now() + PATIENCE_MS): Promise<number> {
  const { rows } = await log.query<{ id: string; seq: number }>('select id, "lastSeq" as seq from "Conversation"');
  const seqs = new Map(rows.map(({ id, seq }) => [id, seq]));
  const behind = () => tabs.filter((tab, index) => tab.seq < seqs.get(ROOMS[index % ROOMS.length]!)!).length;
  await until(() => behind() === 0, end);
  return behind();
}

async function until(isSo: () => boolean, end: number): Promise<void> {
  while (!isSo() && performance.now() < end) await pause(LOOK_EVERY_MS);
}

async function spent(server: ChildProcess): Promise<Spent> {
  const answer = once(server, 'message') as Promise<[Spent]>;
  server.send('spent');
  return (await answer)[0];
}

async function open(where: { port: number; headers: Record<string, string>[] }, dials: Dials): Promise<Tab[]> {
  const tabs: Tab[] = [];
  while (tabs.length < SOCKETS) {
    const begun = Array.from({ length: OPENING }, () => {
      const index = tabs.length;
      return new Promise<void>((resolve) => {
        const headers = where.headers[Math.floor(index / TABS_EACH)]!;
        tabs.push(new Tab({ port: where.port, headers, room: ROOMS[index % ROOMS.length]! }, dials, resolve));
      });
    });
    await Promise.all(begun);
  }
  return tabs;
}

/** Customers who write, all together twenty times a second, one room after another. */
class Customers {
  readonly #timer: NodeJS.Timeout;
  readonly #answers: Promise<number>[] = [];

  constructor(port: number) {
    const to = { port, path: `/webhooks/line/${CHANNEL.channelId}`, agent: new Agent({ keepAlive: true }) };
    this.#timer = setInterval(() => {
      const number = this.#answers.length;
      this.#answers.push(postMessage(to, { number, room: ROOMS[number % ROOMS.length]!, text: 'Hello?' }));
    }, 1_000 / PER_SECOND);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#answers);
    await pause(CALM_MS);
  }
}

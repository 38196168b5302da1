/* A desk in a process of its own: argv is its database, its operators and its rooms. Says where it listens; counts its queries and its CPU. */
import pg from 'pg';
import { heldRoom, openBenchDesk } from '../benchDesk.ts';

const [databaseUrl, operators, rooms] = process.argv.slice(2) as [string, string, string];

let queries = 0;
const query = Reflect.get(pg.Client.prototype, 'query') as (...all: unknown[]) => unknown;
pg.Client.prototype.query = function counted(this: pg.Client, ...all: unknown[]) {
  queries += 1;
  return query.apply(this, all);
} as typeof pg.Client.prototype.query;

const desk = await openBenchDesk({ databaseUrl, operators: Number(operators) });
for (const room of rooms.split(',')) await heldRoom(desk, room);

export type Spent = { queries: number; cpuMicros: number };

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send!({ queries, cpuMicros: user + system } satisfies Spent);
});
process.on('disconnect', () => process.exit(0));
process.send!({ port: desk.port, url: desk.url, headers: desk.headers });

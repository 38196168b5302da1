import { randomUUID } from 'node:crypto';
import { emptyHead, evolveHead, type Operator, type RoomEvent } from '@sala/contracts';
import { configOf, type Database, migrate, openDatabase } from '@sala/db';
import pg from 'pg';
import pino from 'pino';
import { createAccountDeps } from '../../apps/api/src/account/accountDeps.ts';
import { asIdentity } from '../../apps/api/src/auth/identity.ts';
import { createMemoryBus } from '../../apps/api/src/bus/memoryBus.ts';
import { createSeal } from '../../apps/api/src/channels/seal.ts';
import { createDesk } from '../../apps/api/src/desk.ts';
import { GraphileJobs } from '../../apps/api/src/jobs/graphileJobs.ts';
import { createLimits } from '../../apps/api/src/limit/limits.ts';
import { createCaller } from '../../apps/api/src/trpc/appRouter.ts';
import { createContext } from '../../apps/api/src/trpc/context.ts';
import { median, print, round } from '../report.ts';

const CONVERSATIONS = 1_000;
const CONCURRENCY = [1, 8, 32];
const ROUNDS = 5;
const CELL_MS = 2_000;
const WARM_UP_MS = 700;
const POOL = 24;

const TEXT = 'Hello, I would like to ask about the delivery date of my order #1234. Thank you very much in advance!';
const ME: Operator = { operatorId: 'bench', name: 'Bench', role: 'operator' };

/** What the goal is measured against: number, message and conversation in one statement, by hand. */
const FLOOR = `with c as (
  update bench_conversation set last_seq = last_seq + 1, preview = left($2, 80), last_message_at = now()
  where id = $1 returning id, last_seq)
insert into bench_message (conversation_id, seq, body, external_id)
select id, last_seq, $2, $3 from c returning seq`;

/** `room.send` through the router against the hand-written append, on the PostgreSQL of BENCH_DATABASE_URL or TEST_DATABASE_URL. */
export async function bench(): Promise<void> {
  const url = process.env.BENCH_DATABASE_URL ?? process.env.TEST_DATABASE_URL;
  if (!url) {
    process.stderr.write('Set BENCH_DATABASE_URL to a PostgreSQL that the bench may make a database on.\n');
    process.exit(1);
  }
  const { db, drop } = await makeDatabase(url);
  const candidates = { 'pg append': await floor(db), 'room.send': await roomSend(db) };
  const rows: Record<string, string | number>[] = [];
  for (const callers of CONCURRENCY) {
    const cells: Record<string, Cell[]> = { 'pg append': [], 'room.send': [] };
    for (const call of Object.values(candidates)) await cell(call, callers, WARM_UP_MS);
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      for (const [name, call] of Object.entries(candidates)) cells[name]!.push(await cell(call, callers, CELL_MS));
    }
    const of = (name: string, figure: keyof Cell) => median(cells[name]!.map((one) => one[figure]));
    for (const name of Object.keys(candidates)) {
      rows.push({
        callers,
        candidate: name,
        'per second': Math.round(of(name, 'perSecond')),
        '× throughput': round(of(name, 'perSecond') / of('pg append', 'perSecond')),
        'p50 ms': round(of(name, 'p50')),
        'p99 ms': round(of(name, 'p99')),
        '× p99': round(of(name, 'p99') / of('pg append', 'p99')),
      });
    }
  }
  print('append', rows);
  await db.close();
  await drop();
}

type Cell = { perSecond: number; p50: number; p99: number };

async function cell(call: () => Promise<unknown>, callers: number, ms: number): Promise<Cell> {
  const took: number[] = [];
  const begin = performance.now();
  const caller = async () => {
    while (performance.now() - begin < ms) {
      const asked = performance.now();
      await call();
      took.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - begin) / 1_000;
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.floor(took.length * share)] ?? Number.NaN;
  return { perSecond: took.length / seconds, p50: at(0.5), p99: at(0.99) };
}

const anyone = () => Math.floor(Math.random() * CONVERSATIONS);

async function floor({ pool }: Database): Promise<() => Promise<unknown>> {
  await pool.query(`
    create table bench_conversation (id int primary key, last_seq int not null default 0, preview text, last_message_at timestamptz);
    create table bench_message (conversation_id int not null, seq int not null, body text not null, external_id text not null unique,
      created_at timestamptz not null default now(), primary key (conversation_id, seq));
    insert into bench_conversation (id) select generate_series(0, ${CONVERSATIONS - 1})`);
  return () => pool.query({ name: 'floor', text: FLOOR, values: [anyone(), TEXT, randomUUID()] });
}

/** The desk as it runs, but for the worker: deliveries are stored and queued, and nobody sends them meanwhile. */
async function roomSend(db: Database): Promise<() => Promise<unknown>> {
  const log = pino({ level: 'silent' });
  const clock = () => new Date();
  const deps = createDesk(
    {
      db,
      log,
      jobs: await GraphileJobs.open(db, log),
      bus: createMemoryBus(() => undefined),
      line: () => {
        throw new Error('the bench sends nothing');
      },
      clock,
      limits: createLimits({ redis: null, log, clock, maxCalls: Infinity }),
      newId: randomUUID,
      pause: () => 1_000,
      build: null,
      ...createAccountDeps({
        db,
        clock,
        secretKey: 'a key for the bench, thirty-two bytes long',
        publicUrl: 'http://bench.test',
        redis: null,
        log,
      }),
    },
    createSeal('a key for the bench, thirty-two bytes long'),
  );
  await deps.channels.put({ channelId: 'bench', secret: 'bench', accessToken: 'bench' });
  await Promise.all(Array.from({ length: CONVERSATIONS }, (_, number) => activeConversation(db, `bench-${number}`)));
  for (let number = 0; number < CONVERSATIONS; number += 1) deps.presence.enter(ME, `bench-${number}`);
  const api = createCaller(createContext(deps, asIdentity(ME)));
  return () =>
    api.room.send({
      conversationId: `bench-${anyone()}`,
      messageId: randomUUID(),
      content: { type: 'text', text: TEXT },
    });
}

async function activeConversation({ pool }: Database, id: string): Promise<void> {
  const at = new Date().toISOString();
  const fact = { type: 'session.claimed' as const, sessionId: id, operatorId: ME.operatorId };
  const event: RoomEvent = { seq: 1, at, fact };
  await pool.query(
    `insert into "Conversation" (id, "channelId", "sourceType", "lineId", "createdAt", "lastSeq", head, shelf, "operatorId", "sortedAt")
     values ($1, 'bench', 'user', $1, $2, 1, $3, 'active', $4, $2)`,
    [id, at, evolveHead(emptyHead(at), event), ME.operatorId],
  );
}

/** A database of the bench's own on the given server. */
async function makeDatabase(url: string): Promise<{ db: Database; drop: () => Promise<void> }> {
  const name = `sala_bench_${randomUUID().replaceAll('-', '')}`;
  const asAdmin = async (statement: string) => {
    const admin = new pg.Client(configOf(url));
    await admin.connect();
    await admin.query(statement);
    await admin.end();
  };
  await asAdmin(`create database ${name}`);
  const config = configOf(Object.assign(new URL(url), { pathname: `/${name}` }).href);
  await migrate(config);
  const db = openDatabase(config, { max: POOL, namesStatements: true, onError: () => undefined });
  return { db, drop: () => asAdmin(`drop database ${name} with (force)`) };
}

/* A desk in a process of its own that tells over IPC what it holds. Run with --expose-gc; the environment is the desk's. */
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { addOperator } from '../apps/api/src/auth/people.ts';
import { readEnv } from '../apps/api/src/env.ts';
import { conversationWith } from '../apps/api/src/line/conversations.ts';
import { startDesk } from '../apps/api/src/start.ts';
import { PASSWORD } from './signIn.ts';

/** What a desk holds while and because somebody is there. */
export type Held = {
  heapBytes: number;
  /** Listeners on the bus. */
  listeners: number;
  rooms: number;
  lists: number;
  presence: number;
  timers: number;
};

export type Hello = { rooms: string[]; emails: string[] };

const ROOMS = 20;

/** As many as may sign in within a minute; each may make 300 calls in 10 s. */
const OPERATORS = 18;

const env = readEnv();
const { deps } = await startDesk({ env, log: pino({ level: 'warn' }, pino.destination(2)), adminDir: null });
process.on('message', () => void measure().then((held) => process.send!(held)));
process.on('disconnect', () => process.exit(0));
process.send!(await furnish());

async function furnish(): Promise<Hello> {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const emails = numbers(OPERATORS).map((number) => `operator${number}@desk.test`);
  for (const email of emails) await addOperator(deps, { name: email, email, role: 'operator', password: PASSWORD });
  const rooms = numbers(ROOMS).map(async (number) => {
    const source = { type: 'user' as const, lineId: `U${number}` };
    const conversationId = await conversationWith(deps, env.LINE_CHANNEL_ID!, source);
    await deps.rooms.change({ conversationId }, () => [
      { type: 'customer.followed', sentAt: deps.clock().toISOString() },
    ]);
    return conversationId;
  });
  return { rooms: await Promise.all(rooms), emails };
}

async function measure(): Promise<Held> {
  let heapBytes = Number.POSITIVE_INFINITY;
  for (let round = 1; round <= 4; round += 1) {
    globalThis.gc!();
    heapBytes = Math.min(heapBytes, process.memoryUsage().heapUsed);
    await pause(50); // what finalizers let go of is gone in the next round
  }
  const { bus, feeds, inbox, presence } = deps;
  return {
    heapBytes,
    listeners: 'listeners' in bus ? (bus.listeners as () => number)() : 0,
    rooms: feeds.size,
    lists: inbox.size,
    presence: presence.size,
    timers: process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length,
  };
}

import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type ConversationId, type Operator, type Role, type RoomEvent } from '@sala/contracts';
import { openDatabase } from '@sala/db';
import { createSimulator, type Customer, type Simulator } from '@sala/line-simulator';
import pino from 'pino';
import { vi } from 'vitest';
import { createAccountDeps } from '../../src/account/accountDeps.ts';
import { type Auth, createAuth } from '../../src/auth/auth.ts';
import { asIdentity } from '../../src/auth/identity.ts';
import { addOperator } from '../../src/auth/people.ts';
import { createMemoryBus } from '../../src/bus/memoryBus.ts';
import { openRedisBus } from '../../src/bus/redisBus.ts';
import { createSeal } from '../../src/channels/seal.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import type { Deps } from '../../src/deps.ts';
import { createDesk } from '../../src/desk.ts';
import { GraphileJobs } from '../../src/jobs/graphileJobs.ts';
import { createLimits } from '../../src/limit/limits.ts';
import type { Mail } from '../../src/mail/mail.ts';
import { lineOverFetch } from '../../src/line/lineClient.ts';
import { fetchProfile } from '../../src/line/profile.ts';
import { createServer } from '../../src/server.ts';
import { createCaller } from '../../src/trpc/appRouter.ts';
import { createContext } from '../../src/trpc/context.ts';
import { connectTo, type TestClient } from './connect.ts';
import { createTestDatabase, type TestDatabase } from './testDatabase.ts';

export const PASSWORD = 'correct horse battery staple';
export const SECRET_KEY = 'a key for tests, thirty-two bytes long';
export const CHANNEL = { id: '1000000001', secret: 'a-channel-secret', accessToken: 'a-channel-access-token' };

/** A message that LINE did not take is offered again this soon. */
const PAUSE_MS = 50;

/** Servers of a test notice sooner than in life that another one is gone. */
const BEATS = { everyMs: 100, goneAfterMs: 1_000, deafAfterMs: 500 };

export type TestOperator = Operator & { email: string; api: ReturnType<typeof createCaller> };

/** A real desk with a real database, a real server and a pretend LINE. The clock can be held. */
export type TestDesk = {
  deps: Deps;
  auth: Auth;
  /** Where the desk answers, and the origin its own pages have. */
  url: string;
  publicUrl: string;
  /** How many listeners the bus has: what nobody needs any more has to be gone. */
  listeners: () => number;
  line: Simulator['line'];
  /** Somebody at the desk, with the router at hand. */
  operator: (name: string, role?: Role) => Promise<TestOperator>;
  customer: (displayName: string) => Promise<Customer>;
  /** Where a customer's messages are, once the desk has recorded one. */
  conversationOf: (customer: Customer) => Promise<{ conversationId: ConversationId }>;
  /** A customer who waits for a person. */
  waiting: (displayName?: string) => Promise<{ conversationId: ConversationId; customer: Customer }>;
  /** The whole log of a conversation. */
  log: (conversationId: ConversationId) => Promise<RoomEvent[]>;
  /** Signs in over HTTP; answers the cookie. */
  signIn: (operator: { email: string }) => Promise<string>;
  /** The cookie of an operator who is signed in: signing in often would be throttled. */
  cookieOf: (operator: { email: string }) => Promise<string>;
  /** A typed client over a real socket, with a way to cut its line. */
  connect: (operator: { email: string }) => Promise<TestClient>;
  /** The router at hand for somebody of the desk, on this server. */
  callerFor: (operator: Operator) => ReturnType<typeof createCaller>;
  /** This server is not heard any more from here on, as if it had died without a goodbye. */
  vanish: () => void;
  /** How many other servers this one hears. */
  peers: () => number;
  /** The operator has the room open, in a tab on this server, until the answer is disposed of. */
  enter: (operator: Operator, conversationId: ConversationId) => Disposable;
  /** Everybody has the room open, where the desk is one in which they have. */
  everybodyIn: (conversationId: ConversationId) => void;
  /** What the servers of the desk know each other by. */
  deskName: string;
  database: TestDatabase;
  simulator: Simulator;
  /** What the desk's clock says: milliseconds to add to the true time. */
  clockOffset: { ms: number };
  close: () => Promise<void>;
};

export type DeskOptions = {
  /** Without jobs nothing is sent to LINE and nobody's profile is asked for. */
  jobs?: 'running' | 'stopped';
  /** How long LINE may take to answer a push. */
  pushWithinMs?: number;
  /** How many calls an operator may make in 10 s; any number, unless said. */
  maxCalls?: number;
  /** Where the log's records go, parsed. */
  records?: object[];
  /** Where mail goes; none is set up, unless said. */
  mail?: Mail;
  /** Another server of the same desk: it shares the database and the pretend LINE. */
  beside?: TestDesk;
  /** The Redis over which the servers of the desk hear each other. */
  redisUrl?: string;
  /** Everybody has every room open, so that a test need not say so; or only who opens one. */
  attendance?: 'everywhere' | 'own';
};

export async function openDesk(options: DeskOptions = {}): Promise<TestDesk> {
  const database = options.beside ? options.beside.database : await createTestDatabase();
  const log = logTo(options.records);
  const db = openDatabase(database.config, {
    max: database.isEmbedded ? 8 : 20,
    namesStatements: !database.isEmbedded,
    onError: () => undefined,
  });
  const simulator = options.beside ? options.beside.simulator : await createSimulator();
  const jobs = await GraphileJobs.open(db, log);
  const clockOffset = { ms: 0 };
  const clock = () => new Date(Date.now() + clockOffset.ms);
  const deskName = options.beside?.deskName ?? randomUUID();
  const redisBus = options.redisUrl
    ? await openRedisBus({ url: options.redisUrl, desk: deskName, serverId: randomUUID(), log, beats: BEATS })
    : null;
  const bus =
    redisBus ??
    createMemoryBus((error) => {
      throw error;
    });
  // The port is not known before listening, and the sign-in wants to know the desk's address.
  const publicUrl = 'http://desk.test';
  const redis = redisBus && { client: redisBus.redis, desk: deskName };
  const deps = createDesk(
    {
      ...createAccountDeps({ db, clock, secretKey: SECRET_KEY, publicUrl, mail: options.mail ?? null, redis, log }),
      db,
      jobs,
      log,
      clock,
      newId: randomUUID,
      pause: () => PAUSE_MS,
      build: null,
      limits: createLimits({
        redis,
        log,
        clock,
        maxCalls: options.maxCalls ?? Infinity,
      }),
      bus,
      line: lineOverFetch(simulator.url, options.pushWithinMs ? { pushWithinMs: options.pushWithinMs } : {}),
    },
    createSeal(SECRET_KEY),
  );
  const origins = new Set([publicUrl]);
  const auth = createAuth({
    ...deps,
    secretKey: SECRET_KEY,
    publicUrl,
    trustedOrigins: [publicUrl],
  });
  const app = await createServer({ deps, auth, origins, adminDir: null, imageOrigins: [], isReady: async () => true });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  await deps.channels.put({
    channelId: CHANNEL.id,
    secret: CHANNEL.secret,
    accessToken: CHANNEL.accessToken,
  });
  if (!options.beside)
    await simulator.line.addChannel({
      ...CHANNEL,
      name: 'Test shop',
      webhookUrl: `${url}/webhooks/line/${CHANNEL.id}`,
    });
  if (options.jobs !== 'stopped') {
    await jobs.start({
      deliver: (id, stopping) => deliver(deps, id, stopping),
      fetchProfile: (id) => fetchProfile(deps, id),
    });
  }

  const [people, rooms] = [new Set<Operator>(), new Set<ConversationId>()];
  const attend = () => {
    if (options.attendance === 'own') return;
    for (const operator of people) {
      const { operatorId } = operator;
      for (const id of rooms) if (!deps.presence.isHere(operatorId, id)) deps.presence.enter(operator, id);
    }
  };
  const everybodyIn = (conversationId: ConversationId) => {
    rooms.add(conversationId);
    attend();
  };
  const conversationOf = (customer: Customer) =>
    vi.waitFor(async () => {
      const row = await db.prisma.conversation.findFirst({ where: { lineId: customer.userId, lastSeq: { gt: 0 } } });
      if (!row) throw new Error(`${customer.displayName} has no conversation yet`);
      everybodyIn(row.id);
      return { conversationId: row.id };
    }, WAIT);
  const signIn = async ({ email }: { email: string }) => {
    const answer = await fetch(`${url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: publicUrl },
      body: JSON.stringify({ email, password: PASSWORD }),
    });
    if (!answer.ok) throw new Error(`sign-in answered ${answer.status}`);
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0]!)
      .filter((cookie) => cookie.startsWith('sala=')) // not the one of a browser that is known
      .join('; ');
  };

  const cookies = new Map<string, Promise<string>>();
  const cookieOf = (operator: { email: string }) => {
    const cookie = cookies.get(operator.email) ?? signIn(operator);
    cookies.set(operator.email, cookie);
    return cookie;
  };

  return {
    deps,
    auth,
    url,
    publicUrl,
    listeners: () => bus.listeners(),
    line: simulator.line,
    clockOffset,
    callerFor: (operator) => createCaller(createContext(deps, asIdentity(operator))),
    peers: () => redisBus?.peers() ?? 0,
    vanish: () => redisBus?.redis.destroy(),
    enter: (operator, conversationId) => deps.presence.enter(operator, conversationId),
    everybodyIn,
    deskName,
    database,
    simulator,
    conversationOf,
    signIn,
    async operator(name, role = 'operator') {
      const email = `${name.toLowerCase()}@desk.test`;
      await addOperator(deps, { name, email, role, password: PASSWORD });
      const { id: operatorId } = await db.prisma.operator.findUniqueOrThrow({ where: { email } });
      const operator = { operatorId, name, role };
      people.add(operator);
      attend();
      return { ...operator, email, api: createCaller(createContext(deps, asIdentity(operator))) };
    },
    customer: (displayName) => simulator.line.customer({ displayName }),
    async waiting(displayName = 'Somchai') {
      const customer = await simulator.line.customer({ displayName });
      await customer.says('human');
      const { conversationId } = await conversationOf(customer);
      return { conversationId, customer };
    },
    log: async (conversationId) => {
      const { rows } = await db.pool.query<{ seq: number; at: Date; fact: RoomEvent['fact'] }>(
        'select seq, at, fact from "Event" where "conversationId" = $1 order by seq',
        [conversationId],
      );
      return rows.map(({ seq, at, fact }) => ({ seq, at: at.toISOString(), fact }));
    },
    connect: async (operator) => connectTo(url, publicUrl, await cookieOf(operator)),
    cookieOf,
    close: async () => {
      await app.close();
      await jobs.stop();
      deps[Symbol.dispose]();
      await bus.close();
      if (!options.beside) await simulator.close();
      await db.close();
      if (!options.beside) await database.drop();
    },
  };
}

/** How long something that should happen may take. */
export const WAIT = { timeout: 10_000, interval: 20 };

/** Nowhere, into `records`, or to the terminal at the level of SALA_TEST_LOG. */
function logTo(records: object[] | undefined) {
  if (!records) return pino({ level: process.env.SALA_TEST_LOG ?? 'silent' });
  return pino({ level: 'error' }, { write: (line) => void records.push(JSON.parse(line) as object) });
}

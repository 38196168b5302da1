import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createSimulator, type Simulator } from '@sala/line-simulator';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { AppRouter } from '../apps/api/src/trpc/appRouter.ts';
import { ApiServer } from './apiServer.ts';
import { Postgres } from './postgres.ts';
import { freePort, temporaryFolder } from './processes.ts';
import { createProxy, type FaultProxy } from './proxy.ts';
import { RedisServer } from './redisServer.ts';
import { ORIGIN, PASSWORD, signIn } from './signIn.ts';
import type { Person } from './tab.ts';
import { DATABASE } from './truth.ts';

const CHANNEL = { id: '1000000001', secret: 'a-channel-secret', accessToken: 'a-channel-access-token', name: 'Shop' };

const NAMES = ['Guest', 'Aoi', 'Ben', 'Chai', 'Dao'];

/** Everything of one run: servers, PostgreSQL, Redis and a pretend LINE, each with a proxy in front. */
export type Stage = {
  folder: string;
  /** What the servers were started with, but for the port. */
  env: Record<string, string>;
  postgres: Postgres;
  redis: RedisServer;
  simulator: Simulator;
  servers: ApiServer[];
  /** Between the servers and what they stand on. */
  toPostgres: FaultProxy;
  toRedis: FaultProxy;
  /** Between browsers and the servers, one for each. */
  toServers: FaultProxy[];
  people: Person[];
  /** Somebody who is seldom on the desk. */
  guest: Person;
  /** Whether a scene's traffic is under way: what the whole desk shows moves meanwhile. */
  isBusy: boolean;
  end: () => Promise<void>;
};

/** Starts a desk of `count` servers. What was begun is ended in reverse, also when the start fails. */
export async function openStage(count: number): Promise<Stage> {
  const begun: (() => Promise<unknown>)[] = [];
  const end = async () => {
    const failures: unknown[] = [];
    for (let stop = begun.pop(); stop; stop = begun.pop()) await stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  try {
    return { ...(await begin(count, begun)), end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function begin(count: number, begun: (() => Promise<unknown>)[]): Promise<Omit<Stage, 'end'>> {
  const { folder, remove } = await temporaryFolder();
  begun.push(remove);
  const postgres = await Postgres.make(folder);
  begun.push(() => postgres.end());
  await postgres.ask(`create database ${DATABASE}`);
  const redis = await RedisServer.make(folder);
  begun.push(() => redis.end());
  const simulator = await createSimulator();
  begun.push(() => simulator.close());

  const proxy = async (targets: () => readonly number[]) => {
    const made = await createProxy(targets);
    begun.push(() => made.close());
    return made;
  };
  const toPostgres = await proxy(() => [postgres.port]);
  const toRedis = await proxy(() => [redis.port]);
  const env = environment({ folder, lineUrl: simulator.url, postgresPort: toPostgres.port, redisPort: toRedis.port });
  const servers: ApiServer[] = [];
  const toServers: FaultProxy[] = [];
  for (let number = 1; number <= count; number += 1) {
    const name = `server ${number}`;
    const server = new ApiServer({
      name,
      port: await freePort(),
      env,
      words: path.join(folder, `server${number}.log`),
    });
    servers.push(server);
    begun.push(() => server.kill());
    await server.start();
    toServers.push(await proxy(() => [server.port]));
  }
  // LINE knows one address, behind which any server may be.
  const front = await proxy(() => servers.map(({ port }) => port));
  const webhookUrl = `http://127.0.0.1:${front.port}/webhooks/line/${CHANNEL.id}`;
  await simulator.line.addChannel({ ...CHANNEL, webhookUrl });
  const [guest, ...people] = await hire(servers[0]!.port, env);
  return {
    folder,
    env,
    postgres,
    redis,
    simulator,
    servers,
    toPostgres,
    toRedis,
    toServers,
    people,
    guest: guest!,
    isBusy: false,
  };
}

type Surroundings = { folder: string; lineUrl: string; postgresPort: number; redisPort: number };

const environment = ({ folder, lineUrl, postgresPort, redisPort }: Surroundings) => ({
  HOST: '127.0.0.1',
  PUBLIC_URL: ORIGIN,
  DATA_DIR: path.join(folder, 'data'),
  DATABASE_URL: `postgres://postgres@127.0.0.1:${postgresPort}/${DATABASE}`,
  REDIS_URL: `redis://127.0.0.1:${redisPort}`,
  SECRET_KEY: randomUUID() + randomUUID(),
  ADMIN_EMAIL: 'admin@desk.test',
  ADMIN_PASSWORD: PASSWORD,
  LINE_CHANNEL_ID: CHANNEL.id,
  LINE_CHANNEL_SECRET: CHANNEL.secret,
  LINE_CHANNEL_ACCESS_TOKEN: CHANNEL.accessToken,
  LINE_API_BASE: lineUrl,
});

/** Operators, made by the admin and signed in once. */
async function hire(port: number, env: { ADMIN_EMAIL: string }): Promise<Person[]> {
  const headers = { cookie: await signIn(port, env.ADMIN_EMAIL), origin: ORIGIN };
  const admin = createTRPCClient<AppRouter>({ links: [httpLink({ url: `http://127.0.0.1:${port}/trpc`, headers })] });
  const people: Person[] = [];
  for (const name of NAMES) {
    const email = `${name.toLowerCase()}@desk.test`;
    const operator = await admin.operators.add.mutate({ name, email, password: PASSWORD, role: 'operator' });
    people.push({ ...operator, email, cookie: await signIn(port, email) });
  }
  return people;
}

import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { emptyHead, evolveHead, type RoomEvent } from '@sala/contracts';
import pino from 'pino';
import { readEnv } from '../apps/api/src/env.ts';
import { type RunningDesk, startDesk } from '../apps/api/src/start.ts';

export const CHANNEL = { channelId: 'bench', secret: 'a-channel-secret-of-the-bench', accessToken: 'bench' };

/** Nobody answers there: what a bench does must not reach LINE. */
const NO_LINE = 'http://127.0.0.1:9';

/** A desk as `npm start` starts it, with operators who are signed in. `headers` are what each of their browsers sends. */
export type BenchDesk = RunningDesk & { port: number; headers: Record<string, string>[] };

/** Without a `databaseUrl` the database is embedded. */
export async function openBenchDesk({ databaseUrl, operators }: { databaseUrl?: string; operators: number }) {
  const port = await freePort();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sala-bench-'));
  const secretKey = randomUUID() + randomUUID();
  const env = readEnv({
    PORT: String(port),
    DATA_DIR: dataDir,
    SECRET_KEY: secretKey,
    LINE_API_BASE: NO_LINE,
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  });
  const desk = await startDesk({ env, log: pino({ level: 'warn' }, pino.destination(2)), adminDir: null });
  await desk.deps.channels.put(CHANNEL);
  const cookies = await signIn(desk, secretKey, operators);
  const stop = async () => {
    await desk.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { ...desk, stop, port, headers: cookies.map((cookie) => ({ cookie, origin: desk.url })) } satisfies BenchDesk;
}

/** What signing in leaves behind, written by hand: a hundred passwords would take longer than the bench. */
async function signIn({ deps: { db } }: RunningDesk, secretKey: string, operators: number): Promise<string[]> {
  const people = Array.from({ length: operators }, (_, number) => ({ id: `operator-${number}`, token: randomUUID() }));
  await db.prisma.operator.createMany({
    data: people.map(({ id }) => ({ id, name: id, email: `${id}@desk.test`, role: 'operator' })),
  });
  await db.prisma.signIn.createMany({
    data: people.map(({ id, token }) => ({
      id: `sign-in-of-${id}`,
      token,
      userId: id,
      expiresAt: new Date(Date.now() + 3_600_000),
    })),
  });
  return people.map(({ token }) => {
    const signature = createHmac('sha256', secretKey).update(token).digest('base64');
    return `sala=${encodeURIComponent(`${token}.${signature}`)}`;
  });
}

/** The user id on LINE of a room's customer. */
export const customerOf = (room: string): string => `U-${room}`;

/** A room that an operator holds, so that the bot is silent and nothing is owed to LINE; its log has one event, `seq`. */
export async function heldRoom({ deps: { db } }: RunningDesk, room: string, seq = 1): Promise<void> {
  const at = new Date().toISOString();
  const fact = { type: 'session.claimed' as const, sessionId: room, operatorId: 'operator-0' };
  const event: RoomEvent = { seq, at, fact };
  await db.pool.query(
    `insert into "Conversation" (id, "channelId", "sourceType", "lineId", "createdAt", "lastSeq", head, shelf, "operatorId", "sortedAt")
     values ($1, $2, 'user', $3, $4, $5, $6, 'active', $7, $4)`,
    [room, CHANNEL.channelId, customerOf(room), at, seq, evolveHead(emptyHead(at), event), fact.operatorId],
  );
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

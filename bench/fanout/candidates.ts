import { randomUUID } from 'node:crypto';
import { EventEmitter, on } from 'node:events';
import { createServer, type Server } from 'node:http';
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { emptyHead, type RoomEvent } from '@sala/contracts';
import { initTRPC, tracked } from '@trpc/server';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import pino from 'pino';
import { Server as SocketIO } from 'socket.io';
import { WebSocketServer } from 'ws';
import { startDesk } from '../../apps/api/src/start.ts';
import { readEnv } from '../../apps/api/src/env.ts';
import { addOperator } from '../../apps/api/src/auth/people.ts';
import { FIRST_SEQ } from './event.ts';

/** A server that sends an event to everybody who listens. `greeting` is what a client says once it is connected. */
export type Candidate = {
  port: number;
  path: string;
  headers: Record<string, string>;
  greeting: string[];
  publish: (event: RoomEvent) => void;
};

/** The floor: one string for all, as the documentation of `ws` does it. */
async function rawWs(): Promise<Candidate> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const port = await listen(server);
  const publish = (event: RoomEvent) => {
    const text = JSON.stringify(event);
    for (const socket of sockets.clients) socket.send(text);
  };
  return { port, path: '/', headers: {}, greeting: ['hello'], publish };
}

async function socketIo(): Promise<Candidate> {
  const server = createServer();
  const io = new SocketIO(server, { transports: ['websocket'], pingInterval: 120_000 });
  io.on('connection', (socket) => void socket.join('room'));
  const port = await listen(server);
  // "40" joins the default namespace, in Socket.IO's own protocol.
  const publish = (event: RoomEvent) => void io.to('room').emit('event', event);
  return { port, path: '/socket.io/?EIO=4&transport=websocket', headers: {}, greeting: ['40'], publish };
}

/** The subscription of the tRPC documentation. */
async function plainTrpc(): Promise<Candidate> {
  const emitter = new EventEmitter().setMaxListeners(0);
  const t = initTRPC.create();
  const router = t.router({
    follow: t.procedure.subscription(async function* ({ signal }) {
      for await (const [event] of on(emitter, 'event', { signal: signal! }) as AsyncIterable<[RoomEvent]>) {
        yield tracked(String(event.seq), event);
      }
    }),
  });
  const server = createServer();
  applyWSSHandler({ wss: new WebSocketServer({ server }), router });
  const port = await listen(server);
  const publish = (event: RoomEvent) => void emitter.emit('event', event);
  return { port, path: '/', headers: {}, greeting: [subscribe('follow', {})], publish };
}

/** Sala itself: sign-in, upgrade, room.follow out of a real log, and then events as they come from the bus. */
async function sala(): Promise<Candidate> {
  const port = await freePort();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sala-bench-'));
  const env = readEnv({ PORT: String(port), DATA_DIR: dataDir, SECRET_KEY: randomUUID() + randomUUID() });
  const { deps, url } = await startDesk({ env, log: pino({ level: 'silent' }), adminDir: null });
  const person = {
    name: 'Bench',
    email: 'bench@desk.test',
    password: 'correct horse battery',
    role: 'operator' as const,
  };
  await addOperator(deps, person);
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: person.email, password: person.password }),
  });
  const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
  const conversationId = await emptyConversation(deps);
  const publish = (event: RoomEvent) => deps.bus.publish('room', conversationId, { conversationId, events: [event] });
  const greeting = [subscribe('room.follow', { conversationId, lastEventId: FIRST_SEQ - 1 })];
  return { port, path: '/trpc', headers: { cookie, origin: url }, greeting, publish };
}

/** A conversation whose log ends right before the bench's first event. */
async function emptyConversation(deps: Awaited<ReturnType<typeof startDesk>>['deps']): Promise<string> {
  await deps.channels.put({ channelId: 'bench', secret: 'bench', accessToken: 'bench' });
  const at = new Date();
  await deps.db.prisma.conversation.create({
    data: {
      id: 'bench',
      channelId: 'bench',
      sourceType: 'user',
      lineId: 'bench',
      createdAt: at,
      lastSeq: FIRST_SEQ - 1,
      head: emptyHead(at.toISOString()),
      shelf: 'bot',
      sortedAt: at,
    },
  });
  return 'bench';
}

const subscribe = (path_: string, input: object) =>
  JSON.stringify({ id: 1, method: 'subscription', params: { path: path_, input } });

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export const CANDIDATES = { 'raw ws': rawWs, 'Socket.IO': socketIo, 'plain tRPC': plainTrpc, Sala: sala };
export type CandidateName = keyof typeof CANDIDATES;

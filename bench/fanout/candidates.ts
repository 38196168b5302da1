import { EventEmitter, on } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RoomEvent } from '@sala/contracts';
import { initTRPC, tracked } from '@trpc/server';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { Server as SocketIO } from 'socket.io';
import { WebSocketServer } from 'ws';
import { heldRoom, openBenchDesk } from '../benchDesk.ts';
import { FIRST_SEQ } from './event.ts';

/** A server that sends an event to everybody who listens. `headers` are each listener's in turn; `greeting` is what a client
 * says once it is connected, `alive` what it says now and then so that it is not taken for dead. */
export type Candidate = {
  port: number;
  path: string;
  headers: Record<string, string>[];
  greeting: string[];
  alive?: string;
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
  return { port, path: '/', headers: [{}], greeting: ['hello'], publish };
}

async function socketIo(): Promise<Candidate> {
  const server = createServer();
  const io = new SocketIO(server, { transports: ['websocket'], pingInterval: 120_000 });
  io.on('connection', (socket) => void socket.join('room'));
  const port = await listen(server);
  // "40" joins the default namespace, in Socket.IO's own protocol.
  const publish = (event: RoomEvent) => void io.to('room').emit('event', event);
  return { port, path: '/socket.io/?EIO=4&transport=websocket', headers: [{}], greeting: ['40'], publish };
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
  return { port, path: '/', headers: [{}], greeting: [subscribe('follow', {})], publish };
}

/** Sockets an operator may have is fewer than the listeners of a bench. */
const OPERATORS = 100;

/** Sala itself: upgrade, room.follow out of a real log, and then events as they come from the bus. */
async function sala(): Promise<Candidate> {
  const desk = await openBenchDesk({ operators: OPERATORS });
  const conversationId = 'bench';
  await heldRoom(desk, conversationId, FIRST_SEQ - 1);
  const publish = (event: RoomEvent) =>
    desk.deps.bus.publish('room', conversationId, { conversationId, events: [event] });
  const greeting = [subscribe('room.follow', { conversationId, lastEventId: FIRST_SEQ - 1 })];
  return { port: desk.port, path: '/trpc', headers: desk.headers, greeting, alive: 'PONG', publish };
}

const subscribe = (path_: string, input: object) =>
  JSON.stringify({ id: 1, method: 'subscription', params: { path: path_, input } });

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

export const CANDIDATES = { 'raw ws': rawWs, 'Socket.IO': socketIo, 'plain tRPC': plainTrpc, Sala: sala };
export type CandidateName = keyof typeof CANDIDATES;

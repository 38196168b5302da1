import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { configOf } from '@sala/db';
import pg from 'pg';
import { WebSocketServer } from 'ws';
import { CHANNEL, customerOf, heldRoom, openBenchDesk } from '../benchDesk.ts';

/** Rooms that every follower follows. */
export const ROOMS = Array.from({ length: 10 }, (_, number) => `room-${number}`);

export const FOLLOWERS = 100;

/** Where a candidate takes webhooks and sockets. `headers`: of each follower; `greeting`: what each says once connected. */
export type Where = {
  port: number;
  socketPath: string;
  webhookPath: string;
  headers: Record<string, string>[];
  greeting: string[];
};

/** As little as it can be: the signature, one statement, one frame for everybody. */
async function bare(databaseUrl: string): Promise<Where> {
  const pool = new pg.Pool({ ...configOf(databaseUrl), max: 24 });
  await pool.query(`
    create table conversation (id text primary key, last_seq int not null default 0, preview text, last_message_at timestamptz);
    create table message (conversation_id text not null, seq int not null, body text not null, external_id text not null unique,
      created_at timestamptz not null default now(), primary key (conversation_id, seq))`);
  for (const room of ROOMS) await pool.query('insert into conversation (id) values ($1)', [customerOf(room)]);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = (status: number) => response.writeHead(status).end('{}');
      receive(Buffer.concat(chunks), request.headers['x-line-signature']).then(answer, () => answer(500));
    });
  });
  const sockets = new WebSocketServer({ server });
  const receive = async (body: Buffer, signature: string | string[] | undefined): Promise<number> => {
    const expected = createHmac('sha256', CHANNEL.secret).update(body).digest();
    const given = Buffer.from(String(signature), 'base64');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 401;
    const [event] = (JSON.parse(body.toString()) as { events: BareEvent[] }).events;
    const { id, text } = event!.message;
    const { rows } = await pool.query<{ seq: number; at: string }>({
      name: 'record',
      text: RECORD,
      values: [event!.source.userId, text, id],
    });
    const { seq, at } = rows[0]!;
    const content = { type: 'text', text };
    const frame = JSON.stringify({ seq, at, fact: { type: 'customer.wrote', messageId: id, content } });
    for (const socket of sockets.clients) socket.send(frame);
    return 200;
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, socketPath: '/', webhookPath: '/', headers: [{}], greeting: [] };
}

type BareEvent = { source: { userId: string }; message: { id: string; text: string } };

const RECORD = `with c as (
  update conversation set last_seq = last_seq + 1, preview = left($2, 80), last_message_at = now()
  where id = $1 returning id, last_seq)
insert into message (conversation_id, seq, body, external_id)
select id, last_seq, $2, $3 from c returning seq, created_at as at`;

/** Sala as `npm start` starts it: a hundred operators, each in every room. */
async function sala(databaseUrl: string): Promise<Where> {
  const desk = await openBenchDesk({ databaseUrl, operators: FOLLOWERS });
  for (const room of ROOMS) await heldRoom(desk, room);
  const { port, headers } = desk;
  const greeting = ROOMS.map((conversationId, index) =>
    JSON.stringify({
      id: index + 1,
      method: 'subscription',
      params: { path: 'room.follow', input: { conversationId, lastEventId: 1 } },
    }),
  );
  return { port, socketPath: '/trpc', webhookPath: `/webhooks/line/${CHANNEL.channelId}`, headers, greeting };
}

export const CANDIDATES = { bare, Sala: sala };
export type CandidateName = keyof typeof CANDIDATES;

/*
 * Listeners over bare sockets, of the same cost for every candidate: they count frames and read nothing.
 * argv: where to listen, and how many listeners.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

type Where = { port: number; path: string; headers: Record<string, string>[]; greeting: string[]; alive?: string };

const where = JSON.parse(process.argv[2]!) as Where;
const count = Number(process.argv[3]);

/** Nothing smaller is an event: greetings, acknowledgements and pings are. */
const MIN_EVENT_BYTES = 250;

/** So many sockets are being opened at once. */
const DIALLING = 20;

/** A server asks sooner than it gives up. */
const ALIVE_EVERY_MS = 10_000;

/** Time for every subscription to begin. */
const SETTLE_MS = 1_000;

let opened = 0;
let greeted = 0;
let heard = 0;
let told = 0;

/** A masked text frame with a mask of zeros: legal, and needs no masking. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126 ? [0x81, 0x80 | payload.length] : [0x81, 0xfe, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]);
}

function dial(): void {
  if (opened >= count) return;
  opened += 1;
  const socket = connect({ port: where.port, host: '127.0.0.1', noDelay: true });
  const headers = {
    ...where.headers[opened % where.headers.length],
    host: '127.0.0.1',
    upgrade: 'websocket',
    connection: 'Upgrade',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const key = randomBytes(16).toString('base64');
  socket.write(
    `GET ${where.path} HTTP/1.1\r\n${lines.join('')}sec-websocket-key: ${key}\r\nsec-websocket-version: 13\r\n\r\n`,
  );
  socket.on('error', (error) => fail(error.message));
  socket.on('close', () => fail('a socket was closed'));
  socket.once('data', (answer) => greet(socket, answer));
}

function greet(socket: Socket, answer: Buffer): void {
  if (!answer.toString('latin1').startsWith('HTTP/1.1 101')) fail(answer.toString('latin1', 0, 200));
  for (const text of where.greeting) socket.write(frame(text));
  const hear = counter();
  socket.on('data', hear);
  const { alive } = where;
  if (alive !== undefined) setInterval(() => socket.write(frame(alive)), ALIVE_EVERY_MS);
  greeted += 1;
  if (greeted === count) setTimeout(() => process.send!('ready'), SETTLE_MS);
  dial();
}

/** Counts the event frames of one socket, whatever pieces they come in. */
function counter(): (chunk: Buffer) => void {
  let rest = 0; // bytes of the current frame still to come
  let isEvent = false;
  let head: number[] = [];
  return (chunk) => {
    for (let at = 0; at < chunk.length;) {
      if (rest === 0) {
        head.push(chunk[at++]!);
        const long = head[1] === 126;
        if (head.length < (long ? 4 : 2)) continue;
        rest = long ? (head[2]! << 8) | head[3]! : head[1]!;
        isEvent = rest >= MIN_EVENT_BYTES;
        head = [];
        if (rest === 0) continue;
      }
      const taken = Math.min(rest, chunk.length - at);
      rest -= taken;
      at += taken;
      if (rest === 0 && isEvent) heard += 1;
    }
    const events = Math.floor(heard / count);
    if (events > told) process.send!({ events: (told = events) });
  };
}

function fail(reason: string): never {
  process.stderr.write(`listeners: ${reason}\n`);
  process.exit(1);
}

process.on('disconnect', () => process.exit(0));
for (let i = 0; i < DIALLING; i += 1) dial();

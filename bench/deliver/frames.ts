import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** A masked text frame with a mask of zeros: legal, and needs no masking. */
export function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126 ? [0x81, 0x80 | payload.length] : [0x81, 0xfe, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]);
}

/** Opens a WebSocket over a bare socket, which costs the listener little, and the same for every candidate. */
export function dial(
  { port, path, headers }: { port: number; path: string; headers: Record<string, string> },
  heard: (payload: Buffer) => void,
): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const lines = Object.entries({ ...headers, host: '127.0.0.1', upgrade: 'websocket', connection: 'Upgrade' });
  const key = randomBytes(16).toString('base64');
  socket.write(
    `GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}` +
      `sec-websocket-key: ${key}\r\nsec-websocket-version: 13\r\n\r\n`,
  );
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('data', (answer: Buffer) => {
      const status = answer.toString('latin1', 0, 12);
      if (status !== 'HTTP/1.1 101') return reject(new Error(`no upgrade: ${status}`));
      const end = answer.indexOf('\r\n\r\n') + 4;
      // Who does not answer a sign of life is gone after 35 s.
      const read = frameReader((payload) => {
        if (payload.length === 4 && payload.toString() === 'PING') socket.write(frame('PONG'));
        else heard(payload);
      });
      if (end < answer.length) read(answer.subarray(end));
      socket.on('data', read);
      resolve(socket);
    });
  });
}

/** Finds the frames of one socket, whatever pieces they come in, none of them longer than 64 KiB. */
function frameReader(heard: (payload: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    let bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    while (bytes.length >= 2) {
      const isLong = bytes[1] === 126;
      const from = isLong ? 4 : 2;
      if (bytes.length < from) break;
      const to = from + (isLong ? bytes.readUInt16BE(2) : bytes[1]!);
      if (bytes.length < to) break;
      heard(bytes.subarray(from, to));
      bytes = bytes.subarray(to);
    }
    rest = bytes;
  };
}

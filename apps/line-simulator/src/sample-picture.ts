import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 240;
const HEIGHT = 160;

/** A PNG of low hills under a sky, 240 by 160, whose colours and slopes come from `seed`. */
export function samplePicture(seed: string): Buffer {
  const [hue = 0, slope = 0, height = 0] = createHash('sha256').update(seed).digest();
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const ridge = 90 + (height % 30) + Math.sin(x / (18 + (slope % 30)) + hue) * 14;
      const [red, green, blue] = y < ridge ? sky(y, hue) : hill(y, hue);
      rows.set([red, green, blue], y * (1 + WIDTH * 3) + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2], 8); // 8 bits a channel, RGB
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

type Colour = [number, number, number];
const sky = (y: number, hue: number): Colour => [180 + (hue % 50), 205 - Math.floor(y / 6), 225 - Math.floor(y / 3)];
const hill = (y: number, hue: number): Colour => [70 + (hue % 60), 130 - Math.floor(y / 4), 90 + (hue % 30)];

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

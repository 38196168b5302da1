import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { connectRedis } from '../../src/bus/redis.ts';
import { createLimits, type Limits, WINDOW_MS } from '../../src/limit/limits.ts';
import { freezableLine } from '../desk/frozenLine.ts';
import { upTo } from '../desk/rooms.ts';

const redisUrl = new URL(process.env.TEST_REDIS_URL!);
const log = pino({ level: 'silent' });

const ends: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

/** A server of a desk that counts to ten. The time stands still. */
async function serverOf(desk: string, url: string): Promise<Limits & { skip: (ms: number) => void }> {
  const client = await connectRedis(url, log);
  ends.push(() => client.destroy());
  let now = 1_800_000_000_000;
  const clock = () => new Date(now);
  return { ...createLimits({ redis: { client, desk }, log, clock, maxCalls: 10 }), skip: (ms) => (now += ms) };
}

const outcomes = async (limits: Limits, calls: number) =>
  (await Promise.allSettled(upTo(calls).map(() => limits.calls('aoi')))).map(({ status }) => status);
const taken = async (limits: Limits, calls: number) =>
  (await outcomes(limits, calls)).filter((status) => status === 'fulfilled').length;

describe('Limits (LM)', () => {
  it('[LM2] calls at several servers are counted together (A13)', async () => {
    const desk = randomUUID();
    const [one, two] = [await serverOf(desk, redisUrl.href), await serverOf(desk, redisUrl.href)];

    expect(await taken(one, 6)).toBe(6);
    expect(await taken(two, 6)).toBe(4);
  });

  it('[LM2] desks that share a Redis are counted apart (A13)', async () => {
    const [one, two] = [await serverOf(randomUUID(), redisUrl.href), await serverOf(randomUUID(), redisUrl.href)];

    expect([await taken(one, 10), await taken(two, 10)]).toEqual([10, 10]);
  });

  it('[LM2] servers whose clocks say different windows count apart, and together again when they agree (A13)', async () => {
    const desk = randomUUID();
    const [one, fast] = [await serverOf(desk, redisUrl.href), await serverOf(desk, redisUrl.href)];
    fast.skip(3 * WINDOW_MS);
    expect([await taken(one, 12), await taken(fast, 12)]).toEqual([10, 10]);

    one.skip(3 * WINDOW_MS);

    expect(await taken(one, 12)).toBe(0);
  });

  it('[LM8] while Redis does not answer each server counts by itself, and nobody waits for it longer than 250 ms (A13)', async () => {
    const line = await freezableLine(redisUrl);
    ends.push(line.close);
    const server = await serverOf(randomUUID(), line.url);
    expect(await taken(server, 5)).toBe(5);
    line.freeze();

    const began = performance.now();
    expect(await taken(server, 12)).toBe(10);
    const first = performance.now() - began;
    await outcomes(server, 1);
    const second = performance.now() - began - first;

    expect([first > 200, first < 1_000, second < 200]).toEqual([true, true, true]);
  });

  it('[LM8] when Redis is gone for good calls are counted all the same (A13)', async () => {
    const server = await serverOf(randomUUID(), 'redis://127.0.0.1:1');

    expect(await taken(server, 12)).toBe(10);
  });
});

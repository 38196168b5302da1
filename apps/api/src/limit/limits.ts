import { refuse } from '@sala/contracts';
import type { Logger } from 'pino';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RLWrapperTimeouts,
} from 'rate-limiter-flexible';
import type { RedisClient } from '../bus/redis.ts';
import { type Counted, waitMs } from './slidingWindow.ts';

/** Calls of one operator, over all their tabs, servers and transports. Opening the desk takes about ten. */
const MAX_CALLS = 300;
export const WINDOW_MS = 10_000;

/** Nobody waits longer for a Redis that does not answer, and it is left alone for a while afterwards. */
const REDIS_WITHIN_MS = 250;
const LEAVE_ALONE_MS = 2_000;

/** The library counts; what is too much is said by the window that slides. */
const COUNTS = { points: Number.MAX_SAFE_INTEGER, duration: (2 * WINDOW_MS) / 1_000 };

export type Limits = {
  maxCalls: number;
  /** Counts a call of an operator, or of a key. @throws RATE_LIMITED */
  calls: (spender: string) => Promise<void>;
};

export type LimitOptions = {
  /** Where the servers of a desk count together; without it, and while it does not answer, each counts by itself. */
  redis: { client: RedisClient; desk: string } | null;
  log: Pick<Logger, 'warn'>;
  clock: () => Date;
  maxCalls?: number;
};

export function createLimits({ redis, log, clock, maxCalls = MAX_CALLS }: LimitOptions): Limits {
  const alone = new RateLimiterMemory(COUNTS);
  const together = redis && onRedis(redis.client, redis.desk);
  let togetherFrom = 0;

  const count = async (spender: string, now: number): Promise<Counted> => {
    if (together && now >= togetherFrom) {
      try {
        return await counted(together, spender, now);
      } catch (error) {
        if (now >= togetherFrom) log.warn({ err: error }, 'Redis does not count calls: this server counts by itself');
        togetherFrom = now + LEAVE_ALONE_MS;
      }
    }
    return counted(alone, spender, now);
  };

  return {
    maxCalls,
    async calls(spender) {
      const now = clock().getTime();
      const wait = waitMs(await count(spender, now), maxCalls, now % WINDOW_MS, WINDOW_MS);
      if (wait > 0) refuse({ code: 'RATE_LIMITED', retryAfterMs: wait });
    },
  };
}

const onRedis = (client: RedisClient, desk: string): RateLimiterAbstract =>
  new RLWrapperTimeouts({
    limiter: new RateLimiterRedis({
      ...COUNTS,
      keyPrefix: `sala:${desk}:calls`,
      storeClient: client,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
    }),
    timeoutMs: REDIS_WITHIN_MS,
  });

/** One way to Redis and back: both commands go together. */
async function counted(limiter: RateLimiterAbstract, spender: string, now: number): Promise<Counted> {
  const window = Math.floor(now / WINDOW_MS);
  const [current, previous] = await Promise.all([
    limiter.consume(`${spender}:${window}`),
    limiter.get(`${spender}:${window - 1}`),
  ]);
  return { current: current.consumedPoints, previous: previous?.consumedPoints ?? 0 };
}

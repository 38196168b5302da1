import { createHash } from 'node:crypto';
import { refuse } from '@sala/contracts';
import type { Logger } from 'pino';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, RLWrapperTimeouts } from 'rate-limiter-flexible';
import type { RedisClient } from '../bus/redis.ts';
import { placeOf } from './place.ts';

/** What may be tried before it is known who tries. */
export type Trial = 'signIn' | 'secondFactor' | 'password' | 'forgot' | 'public';

/** Who tries: for which account, from where, and whether by a browser in which that account has signed in before. */
export type Trier = { account?: string | null; address: string | null; knownBrowser?: string | null };

/** How often in how many seconds. A try that was right is not counted; one that is under way is. */
type Bound = { points: number; duration: number };

const MINUTE = 60;
const QUARTER = 15 * MINUTE;

/**
 * From one place for one account strictly; from one place for all; for one account from everywhere, so that many places do
 * not guess at it together; and of everybody. The last two do not count for a browser that is known to the account: who
 * guesses elsewhere keeps nobody out of their own browser.
 */
export const BOUNDS = {
  signIn: {
    pair: { points: 10, duration: QUARTER },
    address: { points: 20, duration: MINUTE },
    account: { points: 100, duration: QUARTER },
    overall: { points: 600, duration: MINUTE },
  },
  secondFactor: {
    pair: { points: 10, duration: QUARTER },
    address: { points: 20, duration: MINUTE },
    account: { points: 30, duration: QUARTER },
    overall: { points: 600, duration: MINUTE },
  },
  password: { pair: { points: 10, duration: QUARTER } },
  forgot: { account: { points: 3, duration: QUARTER } },
  public: { address: { points: 60, duration: MINUTE }, overall: { points: 1_200, duration: MINUTE } },
} satisfies Record<Trial, Partial<Record<Scope, Bound>>>;

type Scope = 'pair' | 'address' | 'account' | 'overall';

/** Nobody waits longer for a Redis that does not answer: then this server counts by itself. */
const REDIS_WITHIN_MS = 250;

export type Tries = {
  /** Counts a try. The answer's `wasRight` takes it back. @throws RATE_LIMITED */
  begin: (what: Trial, who: Trier) => Promise<{ wasRight: () => Promise<void> }>;
};

export type TriesOptions = {
  redis: { client: RedisClient; desk: string } | null;
  log: Pick<Logger, 'warn'>;
};

type Limiter = Pick<RateLimiterMemory, 'consume' | 'reward'>;

/** Where the servers count together, and what counts while that does not answer. */
type Counter = { together: Limiter | null; alone: Limiter };

export function createTries({ redis, log }: TriesOptions): Tries {
  const counters = new Map<string, Counter>();
  for (const [what, bounds] of Object.entries(BOUNDS))
    for (const [scope, bound] of Object.entries(bounds))
      counters.set(`${what} ${scope}`, counterFor(`${what}:${scope}`, bound));

  function counterFor(name: string, bound: Bound): Counter {
    const alone = new RateLimiterMemory({ ...bound, keyPrefix: name });
    if (!redis) return { together: null, alone };
    const together = new RLWrapperTimeouts({
      limiter: new RateLimiterRedis({
        ...bound,
        keyPrefix: `sala:${redis.desk}:${name}`,
        storeClient: redis.client,
        useRedisPackage: true,
        rejectIfRedisNotReady: true,
      }),
      timeoutMs: REDIS_WITHIN_MS,
    });
    return { together, alone };
  }

  /** Answers which limiter has counted it. @throws what the limiter says of too many */
  async function count({ together, alone }: Counter, key: string): Promise<Limiter> {
    try {
      await (together ?? alone).consume(key);
      return together ?? alone;
    } catch (error) {
      if (error instanceof RateLimiterRes || !together) throw error;
      log.warn({ err: error }, 'Redis does not count tries: this server counts by itself');
      await alone.consume(key);
      return alone;
    }
  }

  return {
    async begin(what, who) {
      const counted: { limiter: Limiter; key: string }[] = [];
      for (const [scope, key] of keysOf(who)) {
        const counter = counters.get(`${what} ${scope}`);
        if (!counter) continue;
        try {
          counted.push({ limiter: await count(counter, key), key });
        } catch (error) {
          if (!(error instanceof RateLimiterRes)) throw error;
          refuse({ code: 'RATE_LIMITED', retryAfterMs: Math.max(1_000, error.msBeforeNext) });
        }
      }
      return {
        wasRight: async () => {
          await Promise.all(counted.map(({ limiter, key }) => limiter.reward(key).catch(() => undefined)));
        },
      };
    },
  };
}

/** What a try is counted under, the strictest first, so that who is refused there uses up nothing of the others. */
function* keysOf({ account, address, knownBrowser }: Trier): Generator<[Scope, string]> {
  const place = address === null ? 'nowhere' : placeOf(address);
  if (account) yield ['pair', digestOf(knownBrowser ? `known ${account} ${knownBrowser}` : `${account} ${place}`)];
  yield ['address', digestOf(knownBrowser ? `known ${knownBrowser}` : place)];
  if (knownBrowser) return;
  if (account) yield ['account', digestOf(account)];
  yield ['overall', 'all'];
}

/** Keys are of one length whatever is typed, and say nobody's address. */
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

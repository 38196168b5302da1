import type { Pool } from '@sala/db';
import { describe, expect, it, vi } from 'vitest';
import { readinessOf } from './readiness.ts';

const poolThat = (query: () => Promise<unknown>) => ({ query: vi.fn(query) }) as unknown as Pick<Pool, 'query'>;

describe('Starting (ST)', () => {
  it.each([
    ['answers', async () => undefined, true],
    ['refuses', () => Promise.reject(new Error('gone')), false],
    ['hangs', () => new Promise<never>(() => {}), false],
  ])('[ST2] a database that %s', async (_what, query, ready) => {
    expect(await readinessOf(poolThat(query), 20)()).toBe(ready);
  });

  it('[ST2] many who ask while the database hangs cost one query', async () => {
    const pool = poolThat(() => new Promise<never>(() => {}));
    const isReady = readinessOf(pool, 20);

    await Promise.all(Array.from({ length: 50 }, isReady));

    expect(pool.query).toHaveBeenCalledTimes(1);
  });
});

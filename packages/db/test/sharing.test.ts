import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ClientConfig, startEmbedded } from '@sala/db';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let config: ClientConfig;
let end: (() => Promise<void>) | undefined;
let pool: pg.Pool;
const isElsewhere = process.env.SALA_TEST_ON === 'postgres';
beforeAll(async () => {
  if (isElsewhere) return;
  const dataDir = await mkdtemp(path.join(tmpdir(), 'sala-sharing-'));
  const embedded = await startEmbedded(dataDir);
  ({ config } = embedded);
  pool = new pg.Pool({ ...config, max: 10 });
  end = async () => {
    await pool.end();
    await embedded.stop();
    await rm(dataDir, { recursive: true });
  };
});
afterAll(() => end?.());

/** Asks for its own parameters back; statements with different numbers of them cannot stand in for each other. */
async function echo(query: pg.Pool['query'], count: number, size = 1): Promise<string[]> {
  const values = Array.from({ length: count }, (_, index) => `${count}/${index}`.padEnd(size, '.'));
  const list = values.map((_, index) => `$${index + 1}::text`).join(',');
  const { rows } = await query(`select array[${list}] as echo`, values);
  return rows[0].echo as string[];
}

describe.skipIf(isElsewhere)('Embedded database (EM)', () => {
  it('[EM6] statements that waited for a transaction of somebody else are not mixed up afterwards', async () => {
    const transaction = await pool.connect();
    await transaction.query('begin');

    const waiting = [1, 2, 3, 4, 5, 6].map((count) => echo(pool.query.bind(pool), count));
    await transaction.query('select 1');
    await transaction.query('commit');
    transaction.release();

    const lengths = (await Promise.all(waiting)).map((values) => values.length);
    expect(lengths).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('[EM6] statements too large for one packet are not mixed up', async () => {
    const echoes = await Promise.all([1, 2, 3, 4].map((count) => echo(pool.query.bind(pool), count, 200_000)));

    expect(echoes.map((values) => values.map(({ length }) => length))).toEqual(
      [1, 2, 3, 4].map((count) => Array<number>(count).fill(200_000)),
    );
  });

  it('[EM6] a statement that fails costs the others nothing', async () => {
    const asked = Array.from({ length: 60 }, (_, index) =>
      index % 3 === 0
        ? pool.query('select nothing from nowhere where 1 = $1', [1]).then(
            () => 'answered',
            () => 'failed',
          )
        : echo(pool.query.bind(pool), (index % 5) + 1).then(({ length }) => length),
    );

    expect(await Promise.all(asked)).toEqual(
      Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? 'failed' : (index % 5) + 1)),
    );
  });

  it('[EM6] a transaction whose connection breaks is undone, and the others go on', async () => {
    await pool.query('create table broken (id int)');
    const breaking = new pg.Client(config);
    breaking.on('error', () => undefined);
    await breaking.connect();
    await breaking.query('begin');
    await breaking.query('insert into broken values (1)');
    const waiting = pool.query('select count(*)::int as count from broken');

    (breaking as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy();

    expect((await waiting).rows).toEqual([{ count: 0 }]);
  });
});

import { randomUUID } from 'node:crypto';
import { configOf } from '@sala/db';
import pg from 'pg';

/** The PostgreSQL on which benches make databases: BENCH_DATABASE_URL, or the tests'. */
export function benchServer(): string {
  const url = process.env.BENCH_DATABASE_URL ?? process.env.TEST_DATABASE_URL;
  if (url) return url;
  process.stderr.write('Set BENCH_DATABASE_URL to a PostgreSQL that the bench may make a database on.\n');
  process.exit(1);
}

/** An empty database of the bench's own, until `drop`. */
export async function ownDatabase(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `sala_bench_${randomUUID().replaceAll('-', '')}`;
  const asAdmin = async (statement: string) => {
    const admin = new pg.Client(configOf(server));
    await admin.connect();
    await admin.query(statement);
    await admin.end();
  };
  await asAdmin(`create database ${name}`);
  return {
    url: Object.assign(new URL(server), { pathname: `/${name}` }).href,
    drop: () => asAdmin(`drop database ${name} with (force)`),
  };
}

import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ClientConfig, configOf, startEmbedded } from '@sala/db';
import pg from 'pg';
import { inject } from 'vitest';

export type TestDatabase = { config: ClientConfig; isEmbedded: boolean; drop: () => Promise<void> };

/** Which database this run of the suite is about: the embedded one, or the real PostgreSQL of TEST_DATABASE_URL. */
export const isOnPostgres = process.env.SALA_TEST_ON === 'postgres';

/** A migrated, empty database of one's own. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return isOnPostgres ? onPostgres() : embedded();
}

async function embedded(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'sala-test-'));
  await cp(inject('embeddedTemplate'), dataDir, { recursive: true });
  const { config, stop } = await startEmbedded(dataDir);
  return {
    config,
    isEmbedded: true,
    drop: async () => {
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function onPostgres(): Promise<TestDatabase> {
  const template = inject('postgresTemplate');
  if (!template) throw new Error('TEST_DATABASE_URL is not set');
  const name = `sala_test_${randomUUID().replaceAll('-', '')}`;
  const asAdmin = async (statement: string) => {
    const admin = new pg.Client(configOf(template.url));
    await admin.connect();
    await admin.query(statement);
    await admin.end();
  };
  await asAdmin(`create database ${name} template ${template.name}`);
  const url = Object.assign(new URL(template.url), { pathname: `/${name}` }).href;
  return { config: configOf(url), isEmbedded: false, drop: () => asAdmin(`drop database ${name} with (force)`) };
}

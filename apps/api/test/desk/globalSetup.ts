import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ClientConfig, configOf, migrate, openDatabase, startEmbedded } from '@sala/db';
import pg from 'pg';
import pino from 'pino';
import type { TestProject } from 'vitest/node';
import { GraphileJobs } from '../../src/jobs/graphileJobs.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder with a migrated, empty embedded database, to be copied. */
    embeddedTemplate: string;
    /** The same as a database on a real PostgreSQL, to be cloned; null where there is none. */
    postgresTemplate: { url: string; name: string } | null;
  }
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const migrations = path.join(root, 'packages/db/prisma/migrations');

/** Migrates once, so that every test file begins with a copy instead of a migration. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('embeddedTemplate', await embeddedTemplate());
  const url = process.env.TEST_DATABASE_URL;
  project.provide('postgresTemplate', url ? await postgresTemplate(url) : null);
}

/** Kept between runs, under the digest of the migrations it was made by. */
async function embeddedTemplate(): Promise<string> {
  const cache = path.join(root, 'node_modules/.cache/sala-test');
  const template = path.join(cache, digest());
  if (existsSync(template)) return template;
  await mkdir(cache, { recursive: true });
  const made = await mkdtemp(path.join(cache, 'making-'));
  const database = await startEmbedded(made);
  await prepare(database.config);
  await database.stop();
  await rename(made, template).catch(() => rm(made, { recursive: true })); // another run was faster
  return template;
}

/** The desk's tables and the jobs'. */
async function prepare(config: ClientConfig): Promise<void> {
  await migrate(config);
  const db = openDatabase(config, { max: 2, namesStatements: false, onError: () => undefined });
  const jobs = await GraphileJobs.open(db, pino({ level: 'silent' }));
  await jobs.stop();
  await db.close();
}

function digest(): string {
  const sum = createHash('sha256').update('with the tables of the jobs');
  for (const name of readdirSync(migrations).toSorted()) {
    const file = path.join(migrations, name, 'migration.sql');
    if (existsSync(file)) sum.update(name).update(readFileSync(file));
  }
  return sum.digest('hex').slice(0, 16);
}

async function postgresTemplate(url: string): Promise<{ url: string; name: string }> {
  const name = `sala_template_${digest()}`;
  const admin = new pg.Client(configOf(url));
  await admin.connect();
  // Test projects start side by side: one makes the template, the others wait for it.
  await admin.query('select pg_advisory_lock(7352412)');
  const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [name]);
  if (!rowCount) {
    await admin.query(`create database ${name}`);
    await prepare(configOf(databaseUrl(url, name)));
  }
  await admin.query('select pg_advisory_unlock(7352412)');
  await admin.end();
  return { url, name };
}

const databaseUrl = (url: string, name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;

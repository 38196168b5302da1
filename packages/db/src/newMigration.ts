/*
 * npm run migration -w @sala/db -- <name>
 * Writes prisma/migrations/<time>_<name>/: the SQL that leads from the newest migration to schema.prisma, and the
 * schema itself, which the next migration starts from. Needs no network; the engine wants
 * some database to be connected to, so an embedded one runs meanwhile.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import type { DiffParams } from '@prisma/schema-engine-wasm';
import { startEmbedded } from './embedded.ts';
import { migrationNames, prismaDir } from './migrate.ts';
import { NO_FILTERS, openSchemaEngine } from './schemaEngine.ts';

const name = process.argv[2];
if (!name || !/^[a-z][a-z0-9_]*$/.test(name))
  throw new Error('usage: npm run migration -w @sala/db -- <name_in_snake_case>');

const migrations = path.join(prismaDir(), 'migrations');
mkdirSync(migrations, { recursive: true });
const schema = readFileSync(path.join(prismaDir(), 'schema.prisma'), 'utf8');
const newest = migrationNames(prismaDir()).at(-1);
const before = newest && readFileSync(path.join(migrations, newest, 'schema.prisma'), 'utf8');

const datamodel = (content: string) => ({
  tag: 'schemaDatamodel' as const,
  files: [{ path: 'schema.prisma', content }],
});
const dataDir = mkdtempSync(path.join(tmpdir(), 'sala-migration-'));
const database = await startEmbedded(dataDir);
const engine = await openSchemaEngine(new PrismaPg(database.config), schema);
const { stdout } = await engine.diff({
  from: before ? datamodel(before) : { tag: 'empty' },
  to: datamodel(schema),
  script: true,
  exitCode: null,
  shadowDatabaseUrl: null,
  filters: NO_FILTERS,
} as DiffParams); // the engine insists on shadowDatabaseUrl, which its types do not know
await database.stop();
rmSync(dataDir, { recursive: true });

if (!stdout || stdout.includes('This is an empty migration')) {
  process.stdout.write('The newest migration already says what schema.prisma says.\n');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const target = path.join(migrations, `${stamp}_${name}`);
  mkdirSync(target);
  writeFileSync(path.join(target, 'migration.sql'), stdout);
  writeFileSync(path.join(target, 'schema.prisma'), schema);
  process.stdout.write(`Wrote ${path.relative(process.cwd(), target)}\n`);
}

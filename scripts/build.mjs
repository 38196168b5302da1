/*
 * npm run build: makes what is stale and leaves the rest.
 *   dist/             the server's bundle, with its migrations
 *   dist/admin/       the admin, compressed beforehand
 *   dist/simulator/   the LINE simulator, for the demo
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => path.join(root, ...parts);
const stamps = at('dist/.stamps');

/** What runs from node_modules as it is: native code, and packages that look for files beside themselves. */
const EXTERNAL = [/^@electric-sql\//, /^@prisma\/schema-engine-wasm/, /^@node-rs\/argon2/, /^graphile-worker/];

/** Each part, what it is made of, and how. A part is stale when any of its sources has changed. */
const parts = {
  'database client': {
    sources: ['packages/db/prisma/schema.prisma', 'packages/db/prisma.config.ts', 'package-lock.json'],
    present: 'packages/db/src/generated/client.ts',
    make: () => run('npm', ['run', '--silent', 'generate']),
  },
  server: {
    sources: ['apps/api/src', 'packages/contracts/src', 'packages/db/src', 'packages/db/prisma', 'package-lock.json'],
    present: 'dist/main.js',
    make: makeServer,
  },
  simulator: {
    sources: ['apps/line-simulator/src', 'package-lock.json'],
    present: 'dist/simulator/main.js',
    make: makeSimulator,
  },
  admin: {
    sources: ['apps/admin', 'packages/contracts/src', 'package-lock.json'],
    present: 'dist/admin/index.html',
    make: makeAdmin,
  },
};

/** Makes the named parts that are stale; `tell` hears what is being made. */
export async function build(names, tell) {
  mkdirSync(stamps, { recursive: true });
  for (const name of names) {
    const { sources, present, make } = parts[name];
    const stamp = path.join(stamps, name.replace(' ', '-'));
    const digest = digestOf(sources);
    if (exists(at(present)) && read(stamp) === digest) continue;
    tell(`… building the ${name}`);
    await make();
    writeFileSync(stamp, digest);
  }
}

async function makeServer() {
  // What an older version was made of must not be mistaken for this one.
  for (const name of readdirSync(at('dist')))
    if (/\.js(\.map)?$|^prisma$/.test(name)) rmSync(at('dist', name), { recursive: true });
  await bundle({
    input: {
      main: at('apps/api/src/main.ts'),
      demo: at('apps/api/src/demo/main.ts'),
      'embedded.child': at('packages/db/src/embedded.child.ts'),
    },
    dir: at('dist'),
  });
  cpSync(at('packages/db/prisma'), at('dist/prisma'), { recursive: true });
}

async function makeSimulator() {
  await bundle({ input: { main: at('apps/line-simulator/src/main.ts') }, dir: at('dist/simulator') });
  cpSync(at('apps/line-simulator/src/page'), at('dist/simulator/page'), { recursive: true });
}

async function bundle({ input, dir }) {
  const { rolldown } = await import('rolldown');
  const made = await rolldown({
    input,
    platform: 'node',
    external: EXTERNAL,
    transform: { target: 'node20' },
    logLevel: 'silent',
    checks: { circularDependency: false },
  });
  await made.write({ dir, format: 'esm', sourcemap: true, chunkFileNames: '[name]-[hash].js', cleanDir: false });
  await made.close();
}

async function makeAdmin() {
  await run('npx', ['--no-install', 'vite', 'build', '--logLevel', 'warn'], at('apps/admin'));
  rmSync(at('dist/admin'), { recursive: true, force: true });
  cpSync(at('apps/admin/dist'), at('dist/admin'), { recursive: true });
  const { precompress } = await import('./precompress.mjs');
  precompress(at('dist/admin'));
}

function run(command, args, cwd = root) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${code}`)),
    );
  });
}

/** Names, sizes and times: reading every byte would cost more than it saves. */
function digestOf(sources) {
  const sum = createHash('sha256');
  for (const source of sources)
    for (const file of filesIn(at(source))) {
      const { size, mtimeMs } = statSync(file);
      sum.update(`${path.relative(root, file)}:${size}:${mtimeMs}\n`);
    }
  return sum.digest('hex');
}

const GENERATED = new Set(['dist', 'node_modules', 'generated', 'routeTree.gen.ts']);

function* filesIn(source) {
  if (!exists(source)) return;
  if (!statSync(source).isDirectory()) return void (yield source);
  for (const name of readdirSync(source).toSorted()) if (!GENERATED.has(name)) yield* filesIn(path.join(source, name));
}

const exists = (file) => statSync(file, { throwIfNoEntry: false }) !== undefined;
const read = (file) => (exists(file) ? readFileSync(file, 'utf8') : null);

if (import.meta.url === pathToFileURL(process.argv[1]).href) await build(Object.keys(parts), console.log);

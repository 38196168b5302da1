import { cpSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const made = path.join(root, 'node_modules/.cache/bench');

/** As in scripts/build.mjs: what looks for files beside itself. Of the rest some knows no imports, and is left out, too. */
const EXTERNAL = [
  /^@electric-sql\//,
  /^@prisma\/schema-engine-wasm/,
  /^@node-rs\/argon2/,
  /^graphile-worker/,
  /^socket\.io/,
];

/**
 * A script made into plain JavaScript, as the server that ships is; answers where it is. Under a loader every function
 * that is made is named anew, which costs time and a quarter of a kilobyte each.
 */
export async function bundled(script: string): Promise<string> {
  const name = path.basename(path.dirname(script));
  const dir = path.join(made, name);
  const bundle = await rolldown({
    input: { [name]: script, 'embedded.child': path.join(root, 'packages/db/src/embedded.child.ts') },
    platform: 'node',
    external: EXTERNAL,
    transform: { target: 'node20' },
    logLevel: 'silent',
  });
  await bundle.write({ dir, format: 'esm', cleanDir: true });
  await bundle.close();
  cpSync(path.join(root, 'packages/db/prisma'), path.join(dir, 'prisma'), { recursive: true });
  return path.join(dir, `${name}.js`);
}

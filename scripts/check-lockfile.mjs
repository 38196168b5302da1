import { readFileSync } from 'node:fs';

/**
 * `npm ci` refuses a lockfile that names a platform's package without having it, and installs a broken tree where one
 * has no integrity. And nobody's registry belongs into it. @throws with everything that is wrong.
 */
export async function checkLockfile() {
  const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
  const present = new Set(Object.keys(packages).map((key) => key.replace(/^.*node_modules\//, '')));
  const wrong = [];
  for (const [key, entry] of Object.entries(packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!present.has(name)) wrong.push(`${key}: ${name} is missing`);
    }
    const isInstalled = key.includes('node_modules/') && !entry.link && !entry.inBundle;
    if (isInstalled && !entry.integrity) wrong.push(`${key}: no integrity`);
    if (isInstalled && entry.resolved) wrong.push(`${key}: a download address`);
  }
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

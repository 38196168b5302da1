import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { holdDataDir } from '@sala/db';

/** Made at the first start and kept with the data, so that sign-ins and sealed secrets survive the next one. */
export async function keptSecret(dataDir: string): Promise<string> {
  const held = await holdDataDir(dataDir);
  try {
    const file = path.join(dataDir, 'secret.key');
    const kept = await readFile(file, 'utf8').catch(() => null);
    if (kept) return kept;
    const made = randomBytes(32).toString('base64url');
    await writeFile(file, made, { mode: 0o600, flag: 'wx' });
    return made;
  } finally {
    await held.release();
  }
}

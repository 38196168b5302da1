import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Which build of the admin a browser is given, as the page itself says it. Null where there is none, or it says none. */
export async function buildOf(adminDir: string): Promise<string | null> {
  const page = await readFile(path.join(adminDir, 'index.html'), 'utf8').catch(() => '');
  return /<meta name="sala-build" content="([^"]+)"/.exec(page)?.[1] ?? null;
}

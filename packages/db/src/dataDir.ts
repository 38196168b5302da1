import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/** A reason not to start, in words for whoever typed the command. */
export class StartError extends Error {}

/** Something held for this process; `release` lets the next process have it. */
export type Held = { release: () => Promise<void> };

/**
 * Makes `dataDir` and holds it for this process, so that no second Sala opens the same files.
 * @throws StartError when the folder cannot be written, or somebody alive holds it.
 */
export async function holdDataDir(dataDir: string): Promise<Held> {
  const held = await hold(path.join(dataDir, 'sala.pid')).catch((error: NodeJS.ErrnoException) => {
    const why = error.code ?? 'unknown';
    throw new StartError(`Cannot write to ${dataDir} (${why}). Set DATA_DIR to a folder that can be written.`);
  });
  if (typeof held === 'object') return held;
  throw new StartError(`${dataDir} is in use by another Sala (process ${held}). Stop it, or set DATA_DIR.`);
}

/**
 * Holds what the lock file stands for, or answers the id of the living process that does. A holder that died without
 * letting go (kill -9, power) is recognised by its process id and replaced.
 */
export async function hold(lock: string): Promise<Held | number> {
  await mkdir(path.dirname(lock), { recursive: true, mode: 0o700 });
  for (;;) {
    if (await createLock(lock)) return { release: () => rm(lock, { force: true }) };
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (holder > 0 && holder !== process.pid && isAlive(holder)) return holder;
    await rm(lock, { force: true });
  }
}

/** True when the lock is ours; false when it exists. */
async function createLock(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx', 0o600);
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

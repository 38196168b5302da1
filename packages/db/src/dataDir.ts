import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/** A reason not to start, in words for whoever typed the command. */
export class StartError extends Error {}

/** The held folder; `release` lets the next process have it. */
export type HeldDataDir = { release: () => Promise<void> };

/**
 * Makes `dataDir` and holds it for this process, so that no second Sala opens the same files.
 * A holder that died without letting go (kill -9, power) is recognised by its process id and replaced.
 * @throws StartError when the folder cannot be written, or somebody alive holds it.
 */
export async function holdDataDir(dataDir: string): Promise<HeldDataDir> {
  const lock = path.join(dataDir, 'sala.pid');
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    for (;;) {
      if (await createLock(lock)) return { release: () => rm(lock, { force: true }) };
      const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
      if (holder > 0 && holder !== process.pid && isAlive(holder)) {
        throw new StartError(`${dataDir} is in use by another Sala (process ${holder}). Stop it, or set DATA_DIR.`);
      }
      await rm(lock, { force: true });
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `Cannot write to ${dataDir} (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Set DATA_DIR to a folder that can be written.`,
    );
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

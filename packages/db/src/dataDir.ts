import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

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

/** A lock file this young may still be empty because its maker is about to write into it. */
const BEING_WRITTEN_MS = 1_000;
const LOOK_AGAIN_MS = 20;

/**
 * Holds what the lock file stands for, or answers the id of the living process that does. A holder that died without
 * letting go (kill -9, power) is recognised and replaced, also when its id has gone to another process since.
 */
export async function hold(lock: string): Promise<Held | number> {
  await mkdir(path.dirname(lock), { recursive: true, mode: 0o700 });
  const me = await identityOf(process.pid);
  for (;;) {
    if (await createFile(lock, me)) return { release: () => rm(lock, { force: true }) };
    const holder = await readFile(lock, 'utf8').catch(nullWhenGone);
    if (holder === null) continue;
    if (await isAlive(holder)) return parseInt(holder, 10);
    if (await isBeingWritten(lock, holder)) await pause(LOOK_AGAIN_MS);
    else await clear(lock, holder);
  }
}

/** True when the file is ours; false when it exists. */
async function createFile(name: string, content: string): Promise<boolean> {
  try {
    const file = await open(name, 'wx', 0o600);
    await file.writeFile(content);
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Another process has let go, or taken over, in this moment. */
function nullWhenGone(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** A dead holder's lock is taken away by one at a time; one who dies at it is waited for this long. */
const TAKING_AWAY_MS = 5_000;

/** Takes a dead holder's lock away, unless somebody has taken it over since it was read. */
async function clear(lock: string, dead: string): Promise<void> {
  const turn = `${lock}.turn`;
  if (await createFile(turn, '')) {
    const isStill = (await readFile(lock, 'utf8').catch(nullWhenGone)) === dead;
    if (isStill && !(await isBeingWritten(lock, dead))) await rm(lock, { force: true });
    await rm(turn, { force: true });
  } else if ((await ageOf(turn)) > TAKING_AWAY_MS) await rm(turn, { force: true });
  else await pause(LOOK_AGAIN_MS);
}

const isBeingWritten = async (lock: string, content: string): Promise<boolean> =>
  content === '' && (await ageOf(lock)) < BEING_WRITTEN_MS;

const ageOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0, // gone already
  );

/** A process, told apart from a later one with the same id where the system says when it started (Linux). */
async function identityOf(pid: number): Promise<string> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The 22nd field; the second is a name in brackets that may hold anything.
  const startedAt = status.slice(status.lastIndexOf(')') + 2).split(' ')[19];
  return startedAt ? `${pid} ${startedAt}` : String(pid);
}

async function isAlive(holder: string): Promise<boolean> {
  const pid = parseInt(holder, 10);
  if (!(pid > 0) || !answers(pid)) return false;
  const knowsItsStart = holder.includes(' ');
  return knowsItsStart ? (await identityOf(pid)) === holder : pid !== process.pid;
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

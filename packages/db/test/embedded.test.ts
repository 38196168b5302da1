import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { holdDataDir, openDatabase, StartError, startEmbedded } from '@sala/db';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { hold } from '../src/dataDir.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder with a migrated, empty embedded database, to be copied (apps/api/test/desk/globalSetup.ts). */
    embeddedTemplate: string;
  }
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sala-embedded-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A folder of its own with a migrated database in it. */
async function dataDir(name: string): Promise<string> {
  const made = path.join(folder, name);
  await cp(inject('embeddedTemplate'), made, { recursive: true });
  return made;
}

const open = async (dir: string) => {
  const embedded = await startEmbedded(dir);
  const db = openDatabase(embedded.config, { max: 4, namesStatements: false, onError: () => undefined });
  return { ...embedded, db };
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe.skipIf(process.env.SALA_TEST_ON === 'postgres')('Embedded database (EM)', () => {
  it('[EM1] killed during writes and started again, it holds every acknowledged message', async () => {
    const dir = await dataDir('killed');
    const first = await open(dir);
    const acknowledged: number[] = [];
    const write = async (seq: number) => {
      await first.db.pool.query(
        `insert into "Event" ("conversationId", seq, at, fact) values ('c', $1, now(), '{"type":"customer.wrote"}')`,
        [seq],
      );
      acknowledged.push(seq);
      if (acknowledged.length === 100) process.kill(first.pid, 'SIGKILL');
    };

    const writes = await Promise.allSettled(Array.from({ length: 400 }, (_, index) => write(index + 1)));
    await first.db.close().catch(() => undefined);
    const second = await open(dir);
    const { rows } = await second.db.pool.query<{ seq: number }>('select seq from "Event" order by seq');

    const held = new Set(rows.map(({ seq }) => seq));
    expect(writes.some(({ status }) => status === 'rejected')).toBe(true);
    expect(acknowledged.filter((seq) => !held.has(seq))).toEqual([]);
    await second.db.close();
    await second.stop();
  });

  it('[EM5] ended cleanly, it is gone, and starts again with everything', async () => {
    const dir = await dataDir('ended');
    const first = await open(dir);
    await first.db.pool.query(`insert into "InboxCount" values ('kept', 1)`);
    await first.db.close();
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await open(dir);

    const { rows } = await second.db.pool.query('select key, count from "InboxCount"');
    expect(rows).toEqual([{ key: 'kept', count: 1 }]);
    await second.db.close();
    await second.stop();
  });

  it('[EM5] it ends by itself when its parent is killed', async () => {
    const dir = await dataDir('orphaned');
    const db = pathToFileURL(createRequire(import.meta.url).resolve('@sala/db')).href;
    const script = `const { startEmbedded } = await import(${JSON.stringify(db)});
      const { pid } = await startEmbedded(${JSON.stringify(dir)});
      process.stdout.write(String(pid));`;
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(printed.toString());
    expect(isAlive(pid)).toBe(true);

    parent.kill('SIGKILL');

    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000, interval: 50 });
  });
});

describe.skipIf(process.env.SALA_TEST_ON === 'postgres')('Starting (ST)', () => {
  const pidFile = (dir: string) => path.join(dir, 'sala.pid');

  it('[ST3] a data folder that somebody alive holds is refused, in one line that says who', async () => {
    const dir = path.join(folder, 'held');
    await mkdir(dir);
    await writeFile(pidFile(dir), String(process.ppid));

    const second = holdDataDir(dir);

    await expect(second).rejects.toThrow(StartError);
    await expect(second).rejects.toThrow(new RegExp(`^.*in use.*process ${process.ppid}.*$`));
  });

  it('[ST3] a data folder that cannot be written is refused, in one line', async () => {
    const file = path.join(folder, 'a file');
    await writeFile(file, '');

    const held = holdDataDir(path.join(file, 'data'));

    await expect(held).rejects.toThrow(StartError);
    await expect(held).rejects.toThrow(/^Cannot write to .*$/);
  });

  it.each([
    ['of a process that has died', '4194304'],
    ['that is empty', ''],
    ['that is no number', 'hello'],
  ])('[EM2] a pid file %s is taken over', async (what, content) => {
    const dir = path.join(folder, what);
    await mkdir(dir);
    await writeFile(pidFile(dir), content);

    const held = await holdDataDir(dir);

    expect(parseInt(await readFile(pidFile(dir), 'utf8'), 10)).toBe(process.pid);
    await held.release();
    await expect(readFile(pidFile(dir))).rejects.toThrow();
  });

  it.skipIf(process.platform !== 'linux')(
    '[EM2] a pid file of a process that has died is taken over, also when its id belongs to another now',
    async () => {
      const dir = path.join(folder, 'reused');
      await mkdir(dir);
      await writeFile(pidFile(dir), `${process.ppid} 1`);

      const held = await holdDataDir(dir);

      expect(parseInt(await readFile(pidFile(dir), 'utf8'), 10)).toBe(process.pid);
      await held.release();
    },
  );

  it.each(['', '4194304'])('[ST3] of many who take over %j at once one holds the folder', async (content) => {
    const lock = path.join(folder, `raced for ${content}`);
    await writeFile(lock, content);

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => hold(lock)));

    expect(outcomes.filter((outcome) => typeof outcome === 'object')).toHaveLength(1);
  });

  it('[EM2] the folder is made when it is not there', async () => {
    const dir = path.join(folder, 'a', 'new', 'folder');

    const held = await holdDataDir(dir);

    expect(parseInt(await readFile(pidFile(dir), 'utf8'), 10)).toBe(process.pid);
    await held.release();
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildOf } from '../src/build.ts';

describe('which build of the admin is served', () => {
  let dir: string;
  beforeEach(async () => void (dir = await mkdtemp(path.join(tmpdir(), 'sala-page-'))));
  afterEach(() => rm(dir, { recursive: true }));

  it('[NO1] is what the page says of itself, and nothing where it says nothing or is not there', async () => {
    expect(await buildOf(dir)).toBeNull();
    await writeFile(path.join(dir, 'index.html'), '<head><title>Sala</title></head>');
    expect(await buildOf(dir)).toBeNull();
    await writeFile(path.join(dir, 'index.html'), '<head><meta name="sala-build" content="0123456789ab">\n</head>');
    expect(await buildOf(dir)).toBe('0123456789ab');
  });
});

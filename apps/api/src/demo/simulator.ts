import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartError } from '@sala/db';
import type { Deps } from '../deps.ts';
import { beside } from './beside.ts';
import { CHANNEL } from './channel.ts';
import { SHOP } from './people.ts';

/** The simulator is a program of its own; it is told the channel and who is on LINE, and ends with this process. */
export async function startSimulator(deps: Deps, dataDir: string, port: number, deskPort: number) {
  const { rows } = await deps.db.pool.query<{ userId: string; displayName: string | null; language: string | null }>(
    `select "lineId" as "userId", head->'customer'->>'displayName' as "displayName", head->'customer'->>'language' as language
     from "Conversation" where "channelId" = $1 and "sourceType" = 'user' order by "sortedAt" desc limit 500`,
    [CHANNEL.id],
  );
  const people = rows.map(({ userId, displayName, language }) => ({
    userId,
    displayName: displayName ?? userId,
    ...(language && { language }),
  }));
  const webhookUrl = `http://127.0.0.1:${deskPort}/webhooks/line/${CHANNEL.id}`;
  const config = path.join(dataDir, 'simulator.json');
  await mkdir(dataDir, { recursive: true });
  await writeFile(config, JSON.stringify({ channels: [{ ...CHANNEL, name: SHOP, webhookUrl }], people }), {
    mode: 0o600,
  });

  const entry = beside('../../../line-simulator/src/main.ts', './simulator/main.js');
  const where = ['--port', String(port), '--public-url', `http://localhost:${port}`];
  const child = fork(entry, [...where, '--config', config], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let complaint = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-2_000)));
  const ended = once(child, 'exit');
  const listening = await Promise.race([once(child.stdout!, 'data').then(() => true), ended.then(() => false)]);
  if (!listening)
    throw new StartError(
      `The LINE simulator did not start: ${complaint.trim() || 'no reason given'}. SIMULATOR_PORT sets its port.`,
    );
  return {
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

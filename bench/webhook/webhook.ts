import { type ChildProcess, fork } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { print, round } from '../report.ts';

const PER_SECOND = [50, 200];
const SECONDS = 10;
const CUSTOMERS = 500;
const SECRET = 'a-channel-secret-of-the-bench';

/**
 * Signed webhooks at an even pace to a desk of its own: how long LINE waits for the 200. On the embedded database,
 * and on the PostgreSQL of BENCH_DATABASE_URL where it is set.
 */
export async function bench(): Promise<void> {
  const rows: Record<string, string | number>[] = [];
  const databases: Record<string, string | undefined> = { embedded: '' };
  if (process.env.BENCH_DATABASE_URL) databases.PostgreSQL = process.env.BENCH_DATABASE_URL;
  for (const [database, url] of Object.entries(databases)) {
    const line = await quietLine();
    const desk = await startDesk(url ?? '', line.url);
    for (const perSecond of PER_SECOND) {
      await paced(desk.url, 10, 2);
      const { took, wrong } = await paced(desk.url, perSecond, SECONDS);
      const at = (share: number) => round(took[Math.floor(took.length * share)] ?? Number.NaN);
      rows.push({
        database,
        'per second': perSecond,
        answers: took.length,
        wrong,
        'p50 ms': at(0.5),
        'p99 ms': at(0.99),
        'max ms': round(took.at(-1)!),
      });
    }
    await desk.stop();
    await line.stop();
  }
  print('webhook', rows);
}

async function paced(url: string, perSecond: number, seconds: number): Promise<{ took: number[]; wrong: number }> {
  const took: number[] = [];
  let wrong = 0;
  const begin = performance.now();
  const open: Promise<void>[] = [];
  for (let i = 0; i < perSecond * seconds; i += 1) {
    const waitMs = begin + (i * 1_000) / perSecond - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const asked = performance.now();
    open.push(
      post(url).then((status) => {
        took.push(performance.now() - asked);
        if (status !== 200) wrong += 1;
      }),
    );
  }
  await Promise.all(open);
  return { took: took.toSorted((a, b) => a - b), wrong };
}

async function post(url: string): Promise<number> {
  const userId = `U${String(Math.floor(Math.random() * CUSTOMERS)).padStart(32, '0')}`;
  const event = {
    type: 'message',
    mode: 'active',
    timestamp: Date.now(),
    webhookEventId: randomUUID(),
    deliveryContext: { isRedelivery: false },
    source: { type: 'user', userId },
    message: { type: 'text', id: randomUUID(), text: 'สวัสดีค่ะ สอบถามเรื่องโต๊ะค่ะ' },
  };
  const body = JSON.stringify({ destination: 'Ubench', events: [event] });
  const signature = createHmac('sha256', SECRET).update(body).digest('base64');
  const answer = await fetch(`${url}/webhooks/line/bench`, {
    method: 'POST',
    body,
    headers: { 'x-line-signature': signature },
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** A LINE that takes everything and knows nobody: the greetings and the profiles cost what they cost. */
async function quietLine() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(request.method === 'POST' ? 200 : 404, { 'content-type': 'application/json' });
      response.end('{"sentMessages":[]}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: async () => void server.close() };
}

async function startDesk(databaseUrl: string, lineUrl: string) {
  const probe = createNetServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sala-bench-'));
  const desk: ChildProcess = fork(fileURLToPath(new URL('../../apps/api/src/main.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: 'warn',
      SECRET_KEY: randomUUID() + randomUUID(),
      LINE_CHANNEL_ID: 'bench',
      LINE_CHANNEL_SECRET: SECRET,
      LINE_CHANNEL_ACCESS_TOKEN: 'bench',
      LINE_API_BASE: lineUrl,
    },
  });
  await once(desk.stdout!, 'data');
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      desk.kill('SIGTERM');
      await once(desk, 'exit');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

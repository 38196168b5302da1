import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createClient } from 'redis';

/** How long a start waits for Redis before it goes on without. */
const FIRST_WITHIN_MS = 3_000;

/** A Redis that is away is looked for this often, at most: everything waits for its return, nothing for an answer of its. */
const LONGEST_PAUSE_MS = 2_000;

/** A line on which nothing was heard for so long is given up and dialled again. The bus speaks every 2 s. */
const SILENT_MS = 8_000;

/** Commands that wait for a Redis that does not answer. More are refused at once. */
const MAX_WAITING_COMMANDS = 5_000;

export type RedisClient = ReturnType<typeof clientFor>;

const clientFor = (url: string) =>
  createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MAX_WAITING_COMMANDS,
    socket: {
      connectTimeout: 3_000,
      socketTimeout: SILENT_MS,
      reconnectStrategy: (retries) => Math.min(LONGEST_PAUSE_MS, 50 * 2 ** Math.min(retries, 6)),
    },
  });

/**
 * A connection that comes back by itself. It may not be there yet: a server starts and works without Redis, degraded.
 * `duplicate()` of the library copies no listener, and an error that nobody hears ends the process, so every connection
 * is made here.
 */
export async function connectRedis(url: string, log: Pick<Logger, 'warn'>): Promise<RedisClient> {
  const client = clientFor(url);
  let isDown = false;
  client.on('error', (error: Error) => {
    if (!isDown) log.warn({ err: error }, 'Redis does not answer; it is tried again');
    isDown = true;
  });
  client.on('ready', () => {
    if (isDown) log.warn('Redis answers again');
    isDown = false;
  });
  const connected = client.connect().catch((error: unknown) => log.warn({ err: error }, 'Redis was given up'));
  await Promise.race([connected, pause(FIRST_WITHIN_MS, undefined, { ref: false })]);
  return client;
}

import type { DeskHealth } from '@sala/contracts';
import type { Logger } from 'pino';
import type { Bus, ServerId } from './bus.ts';
import { Listeners } from './listeners.ts';
import { Peers } from './peers.ts';
import { connectRedis, type RedisClient } from './redis.ts';

/** How often a server says that it is there; when one that is not heard counts as gone; when not hearing oneself means that nobody is heard. */
export type Beats = { everyMs: number; goneAfterMs: number; deafAfterMs: number };
const BEATS: Beats = { everyMs: 2_000, goneAfterMs: 10_000, deafAfterMs: 6_000 };

type Envelope = { serverId: ServerId; number: number; name: string; body: string };

/**
 * A bus over Redis pub/sub. Listeners of this process hear at once and without Redis. Every server numbers what it
 * says, and says every two seconds that it is there, so that lost messages are noticed as gaps; and it listens to itself,
 * so that a Redis that is gone, frozen or forgetful is noticed, too. Whoever is degraded goes on alone.
 */
export async function openRedisBus(options: {
  url: string;
  /** Names the desk: desks of different names may share a Redis. */
  desk: string;
  serverId: ServerId;
  log: Logger;
  beats?: Beats;
}): Promise<Bus & { listeners: () => number; redis: RedisClient }> {
  const { url, desk, serverId, log, beats = BEATS } = options;
  // One channel for all: a message that nobody here listens to is dropped before its body is parsed.
  const channel = `sala:${desk}`;
  const onFault = (error: unknown) => log.error({ err: error }, 'a listener failed');
  const listeners = new Listeners(onFault);
  const changes = new Listeners(onFault);
  const peers = new Peers();
  const [publisher, subscriber] = await Promise.all([connectRedis(url, log), connectRedis(url, log)]);
  const now = () => performance.now();
  let number = 0;
  let heardMyself = now();
  let health: DeskHealth = 'degraded';

  const become = (next: DeskHealth) => {
    if (health === next) return;
    health = next;
    log.warn({ health }, next === 'whole' ? 'other servers are heard' : 'other servers are not heard any more');
    changes.tell('health', health);
  };
  const send = (name: string, body: string) => {
    number += 1;
    // A hint that cannot be said is a number that the others miss: they look for themselves.
    publisher.publish(channel, `${serverId} ${number} ${name}\n${body}`).catch(() => become('degraded'));
  };
  const hear = (text: string) => {
    const message = opened(text);
    if (!message) return;
    if (message.serverId === serverId) {
      heardMyself = now();
      if (health === 'degraded') {
        become('whole');
        changes.tell('gap', undefined);
      }
      return;
    }
    if (message.name === BYE) {
      if (peers.forget(message.serverId)) changes.tell('gone', message.serverId);
      return;
    }
    if (peers.hear(message.serverId, message.number, now()) === 'gap') changes.tell('gap', undefined);
    if (message.name !== BEAT && listeners.has(message.name)) listeners.tell(message.name, JSON.parse(message.body));
  };
  const beat = () => {
    send(BEAT, '');
    if (now() - heardMyself > beats.deafAfterMs) become('degraded');
    // Whoever hears nobody cannot tell who is gone.
    if (health === 'degraded') return;
    for (const silent of peers.silentFor(beats.goneAfterMs, now())) {
      peers.forget(silent);
      changes.tell('gone', silent);
      // It may have died between recording something and saying so.
      changes.tell('gap', undefined);
    }
  };

  let isSubscribed = false;
  const subscribe = async () => {
    // Once subscribed, the library does it again by itself after every break.
    if (!isSubscribed) await subscriber.subscribe(channel, hear).then(() => (isSubscribed = true));
    beat();
  };
  const subscribeNow = () =>
    subscribe().catch((error: unknown) => log.warn({ err: error }, 'could not subscribe; it is tried again'));
  subscriber.on('ready', () => void subscribeNow());
  // What is said until it is back is lost.
  subscriber.on('reconnecting', () => become('degraded'));
  if (subscriber.isReady) await subscribeNow();
  const timer = setInterval(beat, beats.everyMs);

  return {
    serverId,
    publish(topic, key, message) {
      const name = `${topic}:${key}`;
      listeners.tell(name, message);
      send(name, JSON.stringify(message));
    },
    listen: (topic, key, heard) => listeners.add(`${topic}:${key}`, heard),
    get health() {
      return health;
    },
    onHealth: (heard) => changes.add('health', heard),
    onGap: (heard) => changes.add('gap', heard),
    onGone: (heard) => changes.add('gone', heard),
    get hasPeers() {
      return peers.size > 0;
    },
    async close() {
      clearInterval(timer);
      send(BYE, '');
      await Promise.allSettled([closed(publisher), closed(subscriber)]);
    },
    listeners: () => listeners.size + changes.size,
    redis: publisher,
  };
}

const BEAT = 'beat';
const BYE = 'bye';

/** `<server> <number> <topic>:<key>\n<json>`. Something else on the channel is nobody's. */
function opened(text: string): Envelope | null {
  const [, serverId, number, name] = /^(\S+) (\d+) (.+)\n/.exec(text) ?? [];
  if (!serverId || !number || !name) return null;
  return { serverId, number: Number(number), name, body: text.slice(text.indexOf('\n') + 1) };
}

/** What is on its way goes out first; a Redis that does not answer is not waited for. */
async function closed(client: RedisClient): Promise<void> {
  const force = setTimeout(() => client.destroy(), CLOSE_WITHIN_MS);
  await client.close().finally(() => clearTimeout(force));
}
const CLOSE_WITHIN_MS = 1_000;

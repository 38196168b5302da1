import type { DeskHealth } from '@sala/contracts';
import type { Logger } from 'pino';
import type { Bus, ServerId } from './bus.ts';
import { Listeners } from './listeners.ts';
import { Peers } from './peers.ts';
import { connectRedis, type RedisClient } from './redis.ts';

/** How often a server says that it is there; when one that is not heard counts as gone; when not hearing oneself means that nobody is heard. */
export type Beats = { everyMs: number; goneAfterMs: number; deafAfterMs: number };
export const BEATS: Beats = { everyMs: 2_000, goneAfterMs: 8_000, deafAfterMs: 6_000 };

/** A line that is mute is dialled again this often; one that only listens ends by its own time-out (redis.ts). */
const REDIAL_MS = 8_000;

/** A server that fell silent may have lost only its line to Redis, and its operators are not refused for that, so long. */
const MAY_LIVE_MS = 5 * 60_000;

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
}): Promise<Bus & { listeners: () => number; peers: () => number; redis: RedisClient }> {
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
  let fellSilent = -Infinity;
  let health: DeskHealth = 'degraded';
  /** Who waits until this server has heard what it said under a number. */
  const echoes = new Map<number, (isHeard: boolean) => void>();

  const become = (next: DeskHealth) => {
    if (health === next) return;
    health = next;
    if (next === 'degraded') log.warn('other servers are not heard any more');
    else log.info('other servers are heard');
    changes.tell('health', health);
  };
  const send = (name: string, body: string) => {
    number += 1;
    // A hint that cannot be said is a number that the others miss: they look for themselves.
    publisher.publish(channel, `${serverId} ${number} ${name}\n${body}`).catch(() => become('degraded'));
  };
  const hearMyself = (message: Envelope) => {
    heardMyself = now();
    for (const [asked, answer] of echoes) if (asked <= message.number) answer(true);
    if (health === 'whole') return;
    peers.restart(now());
    become('whole');
    changes.tell('gap', undefined);
  };
  const hear = (message: Envelope) => {
    if (message.serverId === serverId) return hearMyself(message);
    if (message.name === BYE) {
      if (peers.forget(message.serverId)) changes.tell('gone', message.serverId);
      return;
    }
    if (peers.hear(message.serverId, message.number, now()) === 'gap') changes.tell('gap', undefined);
    if (message.name !== BEAT && listeners.has(message.name)) listeners.tell(message.name, JSON.parse(message.body));
  };
  const receive = (text: string) => {
    try {
      const message = opened(text);
      if (message) hear(message);
    } catch (error) {
      onFault(error);
    }
  };
  let redialled = now();
  /** A line that is open and on which nothing comes through: its other end may be gone without a word. */
  const redialMute = () => {
    if (!publisher.isReady || now() - redialled < REDIAL_MS) return;
    redialled = now();
    publisher.destroy();
    publisher.connect().catch((error: unknown) => log.warn({ err: error }, 'Redis was given up'));
  };
  const beat = () => {
    send(BEAT, '');
    if (!isSubscribed && subscriber.isReady) void subscribeNow();
    if (now() - heardMyself > beats.deafAfterMs) {
      become('degraded');
      redialMute();
    }
    // Whoever hears nobody cannot tell who is gone.
    if (health === 'degraded') return;
    for (const silent of peers.silentFor(beats.goneAfterMs, now())) {
      peers.forget(silent);
      fellSilent = now();
      changes.tell('gone', silent);
      // It may have died between recording something and saying so.
      changes.tell('gap', undefined);
    }
  };

  let isSubscribed = false;
  const subscribe = async () => {
    // Once subscribed, the library does it again by itself after every break.
    if (isSubscribed) return;
    isSubscribed = true;
    await subscriber.subscribe(channel, receive).catch((error: unknown) => {
      isSubscribed = false;
      throw error;
    });
  };
  const subscribeNow = () =>
    subscribe().catch((error: unknown) => log.warn({ err: error }, 'could not subscribe; it is tried again'));
  subscriber.on('ready', () => void subscribeNow().then(beat));
  // What is said until it is back is lost.
  subscriber.on('reconnecting', () => become('degraded'));
  if (subscriber.isReady) await subscribeNow();
  beat();
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
    doubt() {
      changes.tell('gap', undefined);
      number += 1; // one that nobody hears
      send(BEAT, '');
    },
    async hasHeardAll(ms) {
      if (health === 'degraded' || now() - fellSilent < MAY_LIVE_MS) return false;
      return new Promise((resolve) => {
        send(BEAT, '');
        const asked = number;
        const answer = (isHeard: boolean) => {
          clearTimeout(late);
          echoes.delete(asked);
          resolve(isHeard);
        };
        const late = setTimeout(() => answer(false), ms);
        echoes.set(asked, answer);
      });
    },
    async close() {
      clearInterval(timer);
      send(BYE, '');
      await Promise.allSettled([closed(publisher), closed(subscriber)]);
    },
    listeners: () => listeners.size + changes.size,
    peers: () => peers.size,
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

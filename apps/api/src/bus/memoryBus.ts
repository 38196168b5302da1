import type { Bus } from './bus.ts';
import { Listeners } from './listeners.ts';

/** A bus within one process. `onFault` hears of listeners that threw; the others still hear the message. */
export function createMemoryBus(onFault: (error: unknown) => void): Bus & { listeners: () => number } {
  const listeners = new Listeners(onFault);
  const never = () => () => undefined;
  return {
    serverId: 'alone',
    publish: (topic, key, message) => listeners.tell(`${topic}:${key}`, message),
    listen: (topic, key, heard) => listeners.add(`${topic}:${key}`, heard),
    health: 'whole',
    onHealth: never,
    onGap: (heard) => listeners.add('gap', heard),
    onGone: never,
    doubt: () => listeners.tell('gap', undefined),
    hasHeardAll: async () => true,
    close: async () => undefined,
    listeners: () => listeners.size,
  };
}

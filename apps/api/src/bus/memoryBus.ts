import type { Bus, Topics } from './bus.ts';

/** A bus within one process. `onFault` hears of listeners that threw; the others still hear the message. */
export function createMemoryBus(onFault: (error: unknown) => void): Bus & { listeners: () => number } {
  const listeners = new Map<string, Set<(message: never) => void>>();
  return {
    publish(topic, key, message) {
      for (const heard of listeners.get(`${topic}:${key}`) ?? []) {
        try {
          (heard as (message: Topics[typeof topic]) => void)(message);
        } catch (error) {
          onFault(error);
        }
      }
    },
    listen(topic, key, heard) {
      const name = `${topic}:${key}`;
      const here = listeners.get(name) ?? new Set();
      listeners.set(name, here.add(heard));
      return () => {
        here.delete(heard);
        if (here.size === 0) listeners.delete(name);
      };
    },
    listeners: () => [...listeners.values()].reduce((sum, here) => sum + here.size, 0),
  };
}

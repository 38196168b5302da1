import type { MessageId } from '@sala/contracts';
import { MAX_UNSENT, type OutboxEntry } from './outbox.ts';
import { type OutboxStore, placed } from './outboxStore.ts';

/** Keeps messages for as long as the page lives. */
export function memoryStore(first: readonly OutboxEntry[] = []): OutboxStore {
  const entries = new Map<MessageId, OutboxEntry>(first.map((entry) => [entry.messageId, entry]));
  const of = (operatorId: string) =>
    [...entries.values()].filter((one) => one.operatorId === operatorId).toSorted((a, b) => a.order - b.order);
  return {
    all: async (operatorId) => of(operatorId),
    add: async (message) => {
      const held = of(message.operatorId);
      if (held.length >= MAX_UNSENT) return 'full';
      entries.set(message.messageId, placed(message, held));
      return 'kept';
    },
    change: async (messageId, step) => {
      const entry = entries.get(messageId);
      if (entry) entries.set(messageId, step(entry));
    },
    remove: async (messageId) => void entries.delete(messageId),
  };
}

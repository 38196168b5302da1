import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { MAX_UNSENT, type OutboxEntry } from './outbox.ts';
import { type OutboxStore, placed } from './outboxStore.ts';

const NAME = 'sala.outbox';

interface Schema extends DBSchema {
  unsent: { key: string; value: OutboxEntry; indexes: { inOrder: [operatorId: string, order: number] } };
}

/** Keeps messages in IndexedDB: they outlive the tab, the browser and its crash. Throws where there is none. */
export function indexedStore(name = NAME): OutboxStore {
  let opened: Promise<IDBPDatabase<Schema>> | null = null;
  const database = () =>
    (opened ??= open(name, () => {
      opened = null;
    }));
  const ofOperator = (operatorId: string) => IDBKeyRange.bound([operatorId], [operatorId, []]);

  return {
    all: async (operatorId) => (await database()).getAllFromIndex('unsent', 'inOrder', ofOperator(operatorId)),
    add: async (message) => {
      const change = (await database()).transaction('unsent', 'readwrite', { durability: 'strict' });
      const held = await change.store.index('inOrder').getAll(ofOperator(message.operatorId));
      const isFull = held.length >= MAX_UNSENT;
      if (!isFull) await change.store.add(placed(message, held));
      await change.done;
      return isFull ? 'full' : 'kept';
    },
    change: async (messageId, step) => {
      const change = (await database()).transaction('unsent', 'readwrite');
      const entry = await change.store.get(messageId);
      if (entry) await change.store.put(step(entry));
      await change.done;
    },
    remove: async (messageId) => (await database()).delete('unsent', messageId),
  };
}

function open(name: string, onLost: () => void): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('unsent', { keyPath: 'messageId' }).createIndex('inOrder', ['operatorId', 'order']);
    },
    // A newer version of the desk in another tab may go on; this one opens it anew when it needs it.
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      onLost();
    },
    terminated: onLost,
  });
}

import type { OperatorId } from '@sala/contracts';
import { memoryStore } from './memoryStore.ts';
import type { OutboxEntry } from './outbox.ts';
import type { OutboxStore } from './outboxStore.ts';

/** Some browsers neither open a database nor say that they do not. */
const PATIENCE_MS = 5_000;

export interface SurestStore extends OutboxStore {
  /** Whether what is kept outlives the page. */
  isDurable(): boolean;
}

/**
 * The durable store as long as it works, and the page's memory from the first time it does not: what was read from it
 * goes along. Messages that are still in the durable one as well are sent twice under one id, which sends them once.
 */
export function surestStore(durable: OutboxStore, onBroken: () => void, patienceMs = PATIENCE_MS): SurestStore {
  let memory: OutboxStore | null = null;
  const read = new Map<OperatorId, readonly OutboxEntry[]>();

  const fall = (): OutboxStore => {
    if (memory) return memory;
    memory = memoryStore([...read.values()].flat());
    onBroken();
    return memory;
  };
  const surely = async <Answer>(ask: (store: OutboxStore) => Promise<Answer>): Promise<Answer> => {
    if (memory) return ask(memory);
    try {
      return await within(patienceMs, ask(durable));
    } catch {
      // Its state says so: `isDurable` is false from here on, and the page tells its reader.
      return ask(fall());
    }
  };

  return {
    isDurable: () => memory === null,
    all: async (operatorId) => {
      const entries = await surely((store) => store.all(operatorId));
      read.set(operatorId, entries);
      return entries;
    },
    add: (message) => surely((store) => store.add(message)),
    change: (messageId, step) => surely((store) => store.change(messageId, step)),
    remove: (messageId) => surely((store) => store.remove(messageId)),
  };
}

async function within<Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the database does not answer')), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

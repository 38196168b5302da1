import { beforeEach, describe, expect, it, vi } from 'vitest';
import { indexedStore } from './indexedStore.ts';
import { memoryStore } from './memoryStore.ts';
import { MAX_UNSENT } from './outbox.ts';
import type { OutboxStore, Unplaced } from './outboxStore.ts';
import { surestStore } from './surestStore.ts';
import { freshDatabases } from './test/databases.ts';

const message = (messageId: string, operatorId = 'nok'): Unplaced => ({
  messageId,
  operatorId,
  conversationId: 'c1',
  content: { type: 'text', text: messageId },
  keptAt: 0,
});
const idsIn = async (store: OutboxStore, operatorId = 'nok') =>
  (await store.all(operatorId)).map((entry) => entry.messageId);

beforeEach(freshDatabases);

describe.each([
  ['IndexedDB', () => indexedStore()],
  ['memory', () => memoryStore()],
])('Outbox (OU) in %s', (_place, open) => {
  let store: OutboxStore;
  beforeEach(() => {
    store = open();
  });

  it('[OU1] is in the order of writing, and a changed message keeps its place (D3)', async () => {
    for (const id of ['b', 'a', 'c']) await store.add(message(id));
    await store.change('b', (entry) => ({ ...entry, tries: 1 }));

    expect(await idsIn(store)).toEqual(['b', 'a', 'c']);
    expect((await store.all('nok'))[0]).toMatchObject({ tries: 1, order: 1 });
  });

  it('[OU2] the 101st unsent message of an operator is not taken; a colleague has places of their own (D3)', async () => {
    for (let n = 0; n < MAX_UNSENT; n += 1) expect(await store.add(message(`m${n}`))).toBe('kept');

    expect(await store.add(message('one too many'))).toBe('full');
    expect(await store.add(message('of another', 'haruka'))).toBe('kept');
    expect(await idsIn(store)).toHaveLength(MAX_UNSENT);
    await store.remove('m50');
    expect(await store.add(message('there is a place again'))).toBe('kept');
  });

  it('[OU2] places are given one at a time, however many tabs ask at once (D4)', async () => {
    for (let n = 0; n < MAX_UNSENT - 1; n += 1) await store.add(message(`m${n}`));

    const answers = await Promise.all([store.add(message('x')), store.add(message('y')), store.add(message('z'))]);

    expect(answers.toSorted()).toEqual(['full', 'full', 'kept']);
    const orders = (await store.all('nok')).map((entry) => entry.order);
    expect(new Set(orders).size).toBe(MAX_UNSENT);
  });

  it('[OU7] one operator does not see what another has kept', async () => {
    await store.add(message('mine'));

    expect(await idsIn(store, 'haruka')).toEqual([]);
  });

  it('[OU1] what has gone does not come back by a late change', async () => {
    await store.add(message('a'));
    await store.remove('a');
    await store.change('a', (entry) => entry);

    expect(await idsIn(store)).toEqual([]);
  });
});

describe('Outbox (OU)', () => {
  it('[OU1] is there again for a page that opens the same database (D3)', async () => {
    await indexedStore().add(message('a'));

    expect(await idsIn(indexedStore())).toEqual(['a']);
  });

  const broken = (): OutboxStore => {
    const no = async () => {
      throw new Error('storage is off');
    };
    return { all: no, add: no, change: no, remove: no };
  };

  it('[OU8] where the database does not work it goes on in memory, and says so', async () => {
    const onBroken = vi.fn<() => void>();
    const store = surestStore(broken(), onBroken);
    expect(store.isDurable()).toBe(true);

    expect(await store.add(message('a'))).toBe('kept');

    expect(await idsIn(store)).toEqual(['a']);
    expect(store.isDurable()).toBe(false);
    expect(onBroken).toHaveBeenCalledOnce();
  });

  it('[OU8] what was read before the database failed goes along', async () => {
    const durable = memoryStore();
    const store = surestStore(durable, () => {});
    await store.add(message('a'));
    await store.all('nok');
    Object.assign(durable, broken());

    await store.add(message('b'));

    expect(await idsIn(store)).toEqual(['a', 'b']);
  });

  it('[OU8] a database that never answers is not waited for', async () => {
    const never = () => new Promise<never>(() => {});
    const store = surestStore({ all: never, add: never, change: never, remove: never }, () => {}, 5);

    expect(await store.add(message('a'))).toBe('kept');
    expect(store.isDurable()).toBe(false);
  });
});

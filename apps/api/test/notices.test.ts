import type { Notice } from '@sala/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TestClient } from './desk/connect.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from './desk/desk.ts';

let desk: TestDesk;
let aoi: TestOperator;
let ken: TestOperator;
let mei: TestOperator;
let baseline: number;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  baseline = desk.listeners();
  [aoi, ken, mei] = [await desk.operator('Aoi'), await desk.operator('Ken'), await desk.operator('Mei')];
});
afterAll(() => desk.close());

const clients: TestClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

async function open(operator: TestOperator): Promise<Notice[]> {
  const client = await desk.connect(operator);
  clients.push(client);
  const notices: Notice[] = [];
  client.api.me.follow.subscribe({}, { onData: ({ data }) => notices.push(data) });
  await vi.waitFor(() => expect(notices).toHaveLength(1), WAIT);
  return notices;
}

describe('Notices (NO)', () => {
  it('[NO1] the first thing told is which build is served and whether the other servers are heard', async () => {
    expect(await open(aoi)).toEqual([{ type: 'desk', build: null, health: 'whole' }]);
  });

  it('[NO2] whom a conversation is given to is told by whom and why, in every tab, and nobody else is (A9, A14)', async () => {
    const [first, second, giver, other] = [await open(ken), await open(ken), await open(aoi), await open(mei)];
    const { conversationId } = await desk.waiting('Somchai');
    await aoi.api.room.claim({ conversationId });

    await aoi.api.room.transfer({ conversationId, to: ken.operatorId, note: 'asks about the table' });
    await aoi.api.room.transfer({ conversationId, to: ken.operatorId, note: 'asks about the table' });

    const given = { type: 'given', conversationId, by: aoi.operatorId, note: 'asks about the table' };
    for (const notices of [first, second]) {
      await vi.waitFor(() => expect(notices.slice(1)).toMatchObject([given]), WAIT);
    }
    await ken.api.room.transfer({ conversationId, to: mei.operatorId, note: '' });
    await vi.waitFor(() => expect(other.slice(1)).toMatchObject([{ type: 'given', by: ken.operatorId }]), WAIT);
    expect(giver).toHaveLength(1);
  });

  it('[NO4] what was given while the connection was lost is told once it is back (D9)', async () => {
    const notices = await open(ken);
    const { conversationId } = await desk.waiting();
    await aoi.api.room.claim({ conversationId });

    clients.at(-1)!.hangUp();
    await aoi.api.room.transfer({ conversationId, to: ken.operatorId, note: 'while away' });

    await vi.waitFor(() => expect(notices.filter(({ type }) => type === 'given')).toHaveLength(1), WAIT);
    clients.at(-1)!.hangUp();
    await vi.waitFor(() => expect(notices.filter(({ type }) => type === 'desk')).toHaveLength(3), WAIT);
    expect(notices.filter(({ type }) => type === 'given')).toHaveLength(1);
  });

  it('[NO3] closing the stream ends all that it began (A10)', async () => {
    await open(aoi);

    clients.pop()!.close();

    await vi.waitFor(() => expect(desk.listeners()).toBe(baseline), WAIT);
  });
});

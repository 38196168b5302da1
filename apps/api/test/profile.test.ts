import type { Customer } from '@sala/line-simulator';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { fetchProfile } from '../src/line/profile.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from './desk/desk.ts';
import { typesOf } from './desk/rooms.ts';

let desk: TestDesk;
let aoi: TestOperator;
beforeAll(async () => {
  desk = await openDesk();
  aoi = await desk.operator('Aoi');
});
afterAll(() => desk.close());
afterEach(() => desk.line.calm());

const customerIn = async (customer: Customer) => {
  const room = await desk.conversationOf(customer);
  return (await aoi.api.room.get(room)).head.customer;
};
const becomes = (customer: Customer, expected: object) =>
  vi.waitFor(async () => expect(await customerIn(customer)).toMatchObject(expected), WAIT);
const profilesOf = async (customer: Customer) => {
  const { conversationId } = await desk.conversationOf(customer);
  return typesOf(await desk.log(conversationId)).filter((type) => type === 'customer.profiled');
};

describe('Profile (PF)', () => {
  it("[PF1] a new customer's name, picture and language are asked for and recorded", async () => {
    const customer = await desk.line.customer({ displayName: '健', language: 'ja' });

    await customer.says('こんにちは');

    await becomes(customer, {
      displayName: '健',
      language: 'ja',
      pictureUrl: expect.stringContaining(customer.userId),
    });
  });

  it('[PF2] a profile that has not changed is not recorded again', async () => {
    const customer = await desk.customer('แอน');
    await customer.says('สวัสดี');
    await becomes(customer, { displayName: 'แอน' });

    const { conversationId } = await desk.conversationOf(customer);
    await fetchProfile(desk.deps, conversationId);

    expect(await profilesOf(customer)).toHaveLength(1);
  });

  it('[PF3] where LINE gives no profile, the messages come all the same', async () => {
    await desk.line.failNext({ endpoint: 'profile', status: 404 });
    const customer = await desk.customer('Nobody');

    await customer.says('hello');

    const { head, entries } = await aoi.api.room.get(await desk.conversationOf(customer));
    expect(head.customer.displayName).toBeNull();
    expect(entries[0]).toMatchObject({ content: { type: 'text', text: 'hello' } });
  });

  it('[PF3] the last known name stays when LINE gives none any more', async () => {
    const customer = await desk.customer('Somchai');
    await customer.says('hello');
    await becomes(customer, { displayName: 'Somchai' });
    await customer.blocks();
    await becomes(customer, { reachable: false });

    const { conversationId } = await desk.conversationOf(customer);
    await fetchProfile(desk.deps, conversationId);

    expect(await customerIn(customer)).toMatchObject({ displayName: 'Somchai' });
  });

  it('[PF4] who blocks the account is unreachable, and reachable again once they are back', async () => {
    const customer = await desk.customer('Mali');
    await customer.says('hello');

    await customer.blocks();
    await becomes(customer, { reachable: false });
    await customer.follows();

    await expect.poll(async () => (await customerIn(customer)).reachable, WAIT).toBe(true);
  });

  it('[PF5] the panel lists the sessions, the newest first', async () => {
    const { conversationId, customer } = await desk.waiting('Ploy');
    await aoi.api.room.claim({ conversationId });
    await aoi.api.room.close({ conversationId, reason: 'done' });
    await customer.says('human');
    await vi.waitFor(
      async () => expect((await aoi.api.customer.get({ conversationId })).sessions).toHaveLength(2),
      WAIT,
    );

    const panel = await aoi.api.customer.get({ conversationId });

    expect(panel).toMatchObject({
      lineId: customer.userId,
      sessions: [
        { claimedAt: null, closedAt: null, operatorId: null },
        { operatorId: aoi.operatorId, reason: 'done', closedBy: { type: 'OPERATOR', operatorId: aoi.operatorId } },
      ],
    });
  });

  it('[PF5] of what does not exist there is no panel', async () => {
    await expect(aoi.api.customer.get({ conversationId: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('Webhook (WH)', () => {
  it('[WH15] what a customer says is in the room and the lists as soon as it is recorded (C2)', async () => {
    const { conversationId, customer } = await desk.waiting('Nok');
    const client = await desk.connect(aoi);
    const heard: string[] = [];
    client.api.inbox.follow.subscribe(
      { view: 'waiting' },
      {
        onData: (changes) =>
          changes.forEach(
            (change) =>
              change.type === 'row' && change.row.head.last && heard.push(`list: ${change.row.head.last.text}`),
          ),
      },
    );
    client.api.room.follow.subscribe(
      { conversationId },
      {
        onData: ({ data: { fact } }) =>
          fact.type === 'customer.wrote' && heard.push(`room: ${'text' in fact.content && fact.content.text}`),
      },
    );
    await vi.waitFor(() => expect(heard).toContain('room: human'), WAIT);

    const { status } = await customer.says('is anybody there?');

    expect(status).toBe(200);
    await vi.waitFor(
      () => expect(heard).toEqual(expect.arrayContaining(['room: is anybody there?', 'list: is anybody there?'])),
      WAIT,
    );
    client.close();
  });

  it('[WH7] everything sent twice by LINE is recorded once', async () => {
    await desk.line.duplicate();
    const customer = await desk.customer('Twice');

    await customer.says('one');
    await customer.says('two');

    const { conversationId } = await desk.conversationOf(customer);
    await vi.waitFor(async () => {
      const written = (await desk.log(conversationId)).filter(({ fact }) => fact.type === 'customer.wrote');
      expect(written).toHaveLength(2);
    }, WAIT);
  });
});

import { applyRoomPresence, type ConversationId, type RoomMember, type RoomPresenceChange } from '@sala/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TestClient } from '../desk/connect.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { follow } from '../desk/following.ts';
import { newRoom } from '../desk/rooms.ts';

let desk: TestDesk;
let aoi: TestOperator;
let ken: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped', attendance: 'own' });
  [aoi, ken] = [await desk.operator('Aoi'), await desk.operator('Ken')];
});
afterAll(() => desk.close());

const clients: TestClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await soon(() => {
    if (desk.deps.presence.size > 0) throw new Error('somebody is still here');
  });
});

const soon = (look: () => void) => vi.waitFor(look, WAIT);

async function connect(operator: TestOperator): Promise<TestClient> {
  const client = await desk.connect(operator);
  clients.push(client);
  return client;
}

/** A tab with the room open, and what it hears of who is in it. */
async function enter(operator: TestOperator, conversationId: ConversationId, { viewing = true } = {}) {
  const client = await connect(operator);
  const following = follow(client, conversationId);
  await soon(() => expect(following.starts()).toBe(1));
  const changes: RoomPresenceChange[] = [];
  const { unsubscribe } = client.api.room.presence.subscribe(
    { conversationId, viewing },
    { onData: (all) => changes.push(...all) },
  );
  await soon(() => expect(changes.length).toBeGreaterThan(0));
  const members = () => applyRoomPresence([], changes);
  return { client, following, changes, members, stopLooking: unsubscribe };
}

const member = ({ operatorId }: TestOperator, { viewing = true, typing = false } = {}): RoomMember => ({
  operatorId,
  viewing,
  typing,
});

describe('Who is in a room (WR)', () => {
  it('[WR1] the first thing told is who is in it, then who joins and who leaves (A6, A7)', async () => {
    const { conversationId } = await newRoom(desk);
    const first = await enter(aoi, conversationId);
    expect(first.members()).toEqual([member(aoi)]);

    const second = await enter(ken, conversationId);
    await soon(() => expect(first.members()).toEqual([member(aoi), member(ken)]));
    second.following.stop();

    await soon(() => expect(first.changes.at(-1)).toEqual({ type: 'left', operatorId: ken.operatorId }));
    expect(first.changes.map(({ type }) => type)).toContain('joined');
  });

  it('[WR1] who loses the connection has left (A7)', async () => {
    const { conversationId } = await newRoom(desk);
    const first = await enter(aoi, conversationId);
    const second = await enter(ken, conversationId);
    await soon(() => expect(first.members()).toHaveLength(2));

    second.client.close();

    await soon(() => expect(first.members()).toEqual([member(aoi)]));
  });

  it('[WR2] an operator is in it once, however many tabs, until the last one leaves (A4)', async () => {
    const { conversationId } = await newRoom(desk);
    const looking = await enter(ken, conversationId);
    const [one, two] = [await enter(aoi, conversationId), await enter(aoi, conversationId)];
    await soon(() => expect(looking.members()).toEqual([member(ken), member(aoi)]));

    one.client.close();
    await looking.client.api.room.typing.mutate({ conversationId, typing: true });
    await soon(() => expect(looking.members()).toEqual([member(ken, { typing: true }), member(aoi)]));

    two.client.close();
    await soon(() => expect(looking.members()).toEqual([member(ken, { typing: expect.any(Boolean) as boolean })]));
    expect(looking.changes.filter(({ type }) => type === 'left')).toHaveLength(1);
  });

  it('[WR3] who has it open in a tab that is not in front is in it and does not view it', async () => {
    const { conversationId } = await newRoom(desk);
    const looking = await enter(ken, conversationId);

    const back = await enter(aoi, conversationId, { viewing: false });

    await soon(() => expect(looking.members()).toEqual([member(ken), member(aoi, { viewing: false })]));
    back.client.api.room.presence.subscribe({ conversationId, viewing: true }, {});
    await soon(() => expect(looking.members()).toEqual([member(ken), member(aoi)]));
  });

  it('[WR4] typing is shown to the others and stops by itself after 3 s (C4)', async () => {
    const { conversationId } = await newRoom(desk);
    const [looking, typing] = [await enter(ken, conversationId), await enter(aoi, conversationId)];
    const begun = Date.now();

    await typing.client.api.room.typing.mutate({ conversationId, typing: true });
    await soon(() => expect(looking.members()).toContainEqual(member(aoi, { typing: true })));

    await soon(() => expect(looking.members()).toContainEqual(member(aoi)));
    expect(Date.now() - begun).toBeGreaterThanOrEqual(3_000);
    expect(Date.now() - begun).toBeLessThan(5_000);
  });

  it('[WR4] typing stops at once when they say so, and with the message that is sent (C4)', async () => {
    const { conversationId, customer } = await desk.waiting();
    expect(customer).toBeDefined();
    const [looking, typing] = [await enter(ken, conversationId), await enter(aoi, conversationId)];
    await typing.client.api.room.claim.mutate({ conversationId });

    for (const stop of [
      () => typing.client.api.room.typing.mutate({ conversationId, typing: false }),
      () =>
        typing.client.api.room.send.mutate({
          conversationId,
          messageId: crypto.randomUUID(),
          content: { type: 'text', text: 'here' },
        }),
    ]) {
      const begun = Date.now();
      await typing.client.api.room.typing.mutate({ conversationId, typing: true });
      await soon(() => expect(looking.members()).toContainEqual(member(aoi, { typing: true })));
      await stop();
      await soon(() => expect(looking.members()).toContainEqual(member(aoi)));
      expect(Date.now() - begun).toBeLessThan(2_500);
    }
  });

  it('[WR5] what changes at once is told together, and what is as before not at all', async () => {
    const { conversationId } = await newRoom(desk);
    const [looking, typing] = [await enter(ken, conversationId), await enter(aoi, conversationId)];
    await soon(() => expect(looking.members()).toHaveLength(2));
    const before = looking.changes.length;

    for (const isTyping of [true, false, true, false, true]) desk.deps.presence.type(aoi, conversationId, isTyping);

    await soon(() => expect(looking.members()).toContainEqual(member(aoi, { typing: true })));
    expect(looking.changes.length - before).toBe(1);
    typing.following.stop();
  });
});

import { randomUUID } from 'node:crypto';
import type { ConversationId } from '@sala/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TestClient } from '../desk/connect.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { follow } from '../desk/following.ts';
import { message, refusalOf } from '../desk/rooms.ts';

let desk: TestDesk;
let aoi: TestOperator;
let ken: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped', attendance: 'own' });
  [aoi, ken] = [await desk.operator('Aoi'), await desk.operator('Ken')];
});
afterAll(() => desk.close());

const clients: TestClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

const soon = (look: () => void) => vi.waitFor(look, WAIT);

async function openRoom(operator: TestOperator, conversationId: ConversationId) {
  const client = await desk.connect(operator);
  clients.push(client);
  const following = follow(client, conversationId);
  await soon(() => expect(following.events.length).toBeGreaterThan(0));
  return { client, following };
}

/** Everything that is only done by who sees what they do it to. */
const ACTS: Record<string, (conversationId: ConversationId, operator: TestOperator) => Promise<unknown>> = {
  claim: (conversationId, { api }) => api.room.claim({ conversationId }),
  send: (conversationId, { api }) => api.room.send({ conversationId, ...message('hello') }),
  typing: (conversationId, { api }) => api.room.typing({ conversationId, typing: true }),
  transfer: (conversationId, { api }) => api.room.transfer({ conversationId, to: ken.operatorId, note: '' }),
  close: (conversationId, { api }) => api.room.close({ conversationId }),
};

describe('Acting where one is (NR)', () => {
  it.each(Object.keys(ACTS))(
    '[NR1] %s without the room open is NOT_IN_ROOM, and nothing is recorded (A8, F6)',
    async (act) => {
      const { conversationId } = await desk.waiting();
      const before = await desk.log(conversationId);

      expect(await refusalOf(ACTS[act]!(conversationId, aoi))).toEqual({ code: 'NOT_IN_ROOM' });

      expect(await desk.log(conversationId)).toEqual(before);
    },
  );

  it('[NR1] with the room open in any tab, every act is answered (A8)', async () => {
    const { conversationId } = await desk.waiting();
    await openRoom(aoi, conversationId);

    await ACTS.claim!(conversationId, aoi);
    await ACTS.typing!(conversationId, aoi);
    await ACTS.send!(conversationId, aoi);
    await ACTS.transfer!(conversationId, aoi);

    expect((await aoi.api.room.get({ conversationId })).head.session).toMatchObject({ operatorId: ken.operatorId });
  });

  it("[NR1] a colleague's open room is not one's own", async () => {
    const { conversationId } = await desk.waiting();
    await openRoom(ken, conversationId);

    expect(await refusalOf(aoi.api.room.claim({ conversationId }))).toEqual({ code: 'NOT_IN_ROOM' });
  });

  it('[NR2] who has left the room is not in it any more; leaving one that was not open changes nothing (A6)', async () => {
    const { conversationId } = await desk.waiting();
    const { following } = await openRoom(aoi, conversationId);

    following.stop();
    following.stop();

    await soon(() => expect(desk.deps.presence.isHere(aoi.operatorId, conversationId)).toBe(false));
    expect(await refusalOf(aoi.api.room.claim({ conversationId }))).toEqual({ code: 'NOT_IN_ROOM' });
  });

  it('[NR2] after a lost connection the room is joined again by the stream that resumes (A8)', async () => {
    const { conversationId } = await desk.waiting();
    const { client, following } = await openRoom(aoi, conversationId);

    client.hangUp();
    await soon(() => expect(following.starts()).toBe(2));

    expect(await client.api.room.claim.mutate({ conversationId })).toMatchObject({ session: { status: 'ACTIVE' } });
  });

  it('[NR3] a conversation that does not exist is NOT_FOUND, not NOT_IN_ROOM', async () => {
    expect(await refusalOf(aoi.api.room.claim({ conversationId: randomUUID() }))).toEqual({ code: 'NOT_FOUND' });
  });

  it('[NR4] an act on the session that was on the screen is STALE once another one is there (B10)', async () => {
    const { conversationId, customer } = await desk.waiting();
    await openRoom(aoi, conversationId);
    const { session: first } = await aoi.api.room.claim({ conversationId });
    const { sessionId } = first!;
    await aoi.api.room.close({ conversationId, sessionId });
    await customer.says('human');
    await soon(async () => {
      expect((await aoi.api.room.get({ conversationId })).head.session?.status).toBe('WAITING');
    });
    const before = await desk.log(conversationId);

    for (const act of [
      () => aoi.api.room.claim({ conversationId, sessionId }),
      () => aoi.api.room.transfer({ conversationId, sessionId, to: ken.operatorId, note: '' }),
      () => aoi.api.room.close({ conversationId, sessionId }),
    ]) {
      expect(await refusalOf(act())).toEqual({ code: 'STALE', seq: before.at(-1)!.seq });
    }
    expect(await desk.log(conversationId)).toEqual(before);
  });

  it('[NR4] an act on the session that is still there goes on', async () => {
    const { conversationId } = await desk.waiting();
    await openRoom(aoi, conversationId);
    const { sessionId } = (await aoi.api.room.get({ conversationId })).head.session!;

    await aoi.api.room.claim({ conversationId, sessionId });
    await aoi.api.room.claim({ conversationId, sessionId });

    expect(await aoi.api.room.close({ conversationId, sessionId })).toMatchObject({ session: { status: 'CLOSED' } });
  });
});

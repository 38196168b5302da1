import { randomUUID } from 'node:crypto';
import { claim, close, type Operator, type RoomFact, transfer } from '@sala/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryBus } from '../../src/bus/memoryBus.ts';
import { RoomLog } from '../../src/log/roomLog.ts';
import { openDesk, type TestDesk } from '../desk/desk.ts';
import { newRoom, said, seqsOf, typesOf, upTo } from '../desk/rooms.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
});
afterAll(() => desk.close());

const anotherServer = () => new RoomLog({ ...desk.deps, bus: createMemoryBus(() => undefined) });

const AOI: Operator = { operatorId: 'aoi', name: 'Aoi', role: 'operator' };
const KEN: Operator = { operatorId: 'ken', name: 'Ken', role: 'operator' };
const opened = (sessionId: string = randomUUID()): RoomFact => ({
  type: 'session.opened',
  sessionId,
  handOver: { how: 'keyword', word: 'human' },
});

const claims = (rooms: RoomLog, conversationId: string, by: Operator) =>
  rooms.change({ conversationId }, ({ session }) => claim(session, by, 'new', (id) => id));
const closes = (rooms: RoomLog, conversationId: string, by: Operator) =>
  rooms.change({ conversationId }, ({ session }) => close(session, by, null));

/** A conversation that Aoi has claimed at `here`, which therefore remembers it. */
async function heldByAoi() {
  const { conversationId } = await newRoom(desk, [said('hello'), opened()]);
  const [here, there] = [desk.deps.rooms, anotherServer()];
  await claims(here, conversationId, AOI);
  return { conversationId, here, there };
}

describe('Log (LO)', () => {
  it('[LO4] a claim is not refused because of a holder who has let go on another server', async () => {
    const { conversationId, here, there } = await heldByAoi();
    await closes(there, conversationId, AOI);
    await there.change({ conversationId }, () => [opened()]);

    const { head } = await claims(here, conversationId, KEN);

    expect(head.session).toMatchObject({ status: 'ACTIVE', operatorId: 'ken' });
  });

  it('[LO5] a claim is not taken for a repeated one when the session has gone to somebody else on another server', async () => {
    const { conversationId, here, there } = await heldByAoi();
    await there.change({ conversationId }, ({ session }) => transfer(session, AOI, 'ken', ''));

    const again = claims(here, conversationId, AOI);

    await expect(again).rejects.toMatchObject({ refusal: { code: 'ALREADY_CLAIMED', operatorId: 'ken' } });
  });

  it('[LO5] a close is not taken for a repeated one when another server opened the next session', async () => {
    const { conversationId, here, there } = await heldByAoi();
    await closes(here, conversationId, AOI);
    const next = opened();
    await there.change({ conversationId }, () => [next]);
    await claims(there, conversationId, AOI);

    const { head } = await closes(here, conversationId, AOI);

    expect(head.session).toMatchObject({ status: 'CLOSED', sessionId: 'sessionId' in next && next.sessionId });
  });

  it('[LO4] of claims on two servers at once exactly one succeeds, and the other is told who won', async () => {
    const { conversationId } = await newRoom(desk, [said('hello'), opened()]);
    const servers = [desk.deps.rooms, anotherServer()] as const;

    const outcomes = await Promise.allSettled([
      claims(servers[0], conversationId, AOI),
      claims(servers[1], conversationId, KEN),
    ]);

    const winner = outcomes[0].status === 'fulfilled' ? AOI : KEN;
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toEqual([
      expect.objectContaining({
        reason: expect.objectContaining({
          refusal: expect.objectContaining({ code: 'ALREADY_CLAIMED', operatorId: winner.operatorId }),
        }),
      }),
    ]);
    expect(typesOf(await desk.log(conversationId)).filter((type) => type === 'session.claimed')).toHaveLength(1);
  });

  it('[LO3] who is outrun again and again by another server still gets through', async () => {
    const { conversationId } = await newRoom(desk, [said('hello')]);
    const [here, there] = [desk.deps.rooms, anotherServer()];
    const enough = new AbortController();
    const runAhead = async () => {
      while (!enough.signal.aborted) await there.change({ conversationId }, () => [said('ahead')]);
    };
    const running = runAhead();

    const changes = await Promise.all(upTo(10).map(() => here.change({ conversationId }, () => [said('mine')])));
    enough.abort();
    await running;

    const log = await desk.log(conversationId);
    expect(seqsOf(log)).toEqual(upTo(log.length));
    expect(changes.map(({ events }) => events.length)).toEqual(upTo(10).map(() => 1));
  });
});

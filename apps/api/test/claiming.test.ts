import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type TestDesk } from './desk/desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

describe('Claiming (CL)', () => {
  it('[CL1] gives a waiting conversation to exactly one of the operators who reach for it at once (B3)', async () => {
    const { conversationId } = await desk.waiting();
    const operators = await Promise.all(['Aoi', 'Ken', 'Mei', 'Jun'].map((name) => desk.operator(name)));

    const claims = await Promise.allSettled(operators.map(({ api }) => api.room.claim({ conversationId })));

    expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const winner = operators[claims.findIndex(({ status }) => status === 'fulfilled')]!;
    const { head } = await winner.api.room.get({ conversationId });
    expect(head.session).toMatchObject({ status: 'ACTIVE', operatorId: winner.operatorId });
  });

  it('[CL2] tells the losers who won', async () => {
    const { conversationId } = await desk.waiting();
    const [aoi, ken] = [await desk.operator('Aoi'), await desk.operator('Ken')];
    await aoi.api.room.claim({ conversationId });

    await expect(ken.api.room.claim({ conversationId })).rejects.toMatchObject({
      code: 'CONFLICT',
      cause: { refusal: { code: 'ALREADY_CLAIMED', operatorId: aoi.operatorId, name: 'Aoi' } },
    });
  });
});

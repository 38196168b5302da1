import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type TestDesk, type TestOperator } from './desk/desk.ts';
import { message, newRoom, typesOf } from './desk/rooms.ts';

let desk: TestDesk;
let aoi: TestOperator;
let ken: TestOperator;
let mei: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  aoi = await desk.operator('Aoi');
  ken = await desk.operator('Ken');
  mei = await desk.operator('Mei', 'supervisor');
});
afterAll(() => desk.close());

/** A conversation that Aoi has claimed. */
async function heldByAoi() {
  const { conversationId, customer } = await desk.waiting();
  await aoi.api.room.claim({ conversationId });
  return { conversationId, customer };
}

const sessionOf = async (conversationId: string) => (await aoi.api.room.get({ conversationId })).head.session;
const count = async (conversationId: string, type: string) =>
  typesOf(await desk.log(conversationId)).filter((one) => one === type).length;

describe('Claiming (CL)', () => {
  it('[CL1] gives a waiting conversation to exactly one of the operators who reach for it at once (B3)', async () => {
    const { conversationId } = await desk.waiting();
    const operators = [aoi, ken, mei, await desk.operator('Jun')];

    const claims = await Promise.allSettled(operators.map(({ api }) => api.room.claim({ conversationId })));

    expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const winner = operators[claims.findIndex(({ status }) => status === 'fulfilled')]!;
    expect(await sessionOf(conversationId)).toMatchObject({ status: 'ACTIVE', operatorId: winner.operatorId });
  });

  it('[CL2] tells the others who was faster (B3)', async () => {
    const { conversationId } = await heldByAoi();

    await expect(ken.api.room.claim({ conversationId })).rejects.toMatchObject({
      code: 'CONFLICT',
      cause: { refusal: { code: 'ALREADY_CLAIMED', operatorId: aoi.operatorId, name: 'Aoi' } },
    });
  });

  it('[CL3] a claim by who already holds the session changes nothing', async () => {
    const { conversationId } = await heldByAoi();
    const before = await desk.log(conversationId);

    const state = await aoi.api.room.claim({ conversationId });

    expect(state.session).toMatchObject({ status: 'ACTIVE', operatorId: aoi.operatorId });
    expect(await desk.log(conversationId)).toEqual(before);
  });

  it('[CL4] what the bot has is claimed in one step (B1, B2)', async () => {
    const { conversationId } = await newRoom(desk);

    const { session, seq } = await aoi.api.room.claim({ conversationId });

    expect(session).toMatchObject({ status: 'ACTIVE', operatorId: aoi.operatorId });
    expect(typesOf(await desk.log(conversationId))).toEqual(['customer.wrote', 'session.opened', 'session.claimed']);
    expect(seq).toBe(3);
  });

  it('[CL5] a closed session is not claimed (B3)', async () => {
    const { conversationId } = await heldByAoi();
    await aoi.api.room.close({ conversationId });

    await expect(ken.api.room.claim({ conversationId })).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      cause: { refusal: { code: 'SESSION_CLOSED' } },
    });
  });

  it('[CL6] a conversation that does not exist is NOT_FOUND (B3)', async () => {
    await expect(aoi.api.room.claim({ conversationId: randomUUID() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      cause: { refusal: { code: 'NOT_FOUND' } },
    });
  });

  it('[CL3] the operator is who is signed in, whatever else is sent (F1)', async () => {
    const { conversationId } = await desk.waiting();
    const input = { conversationId, operatorId: ken.operatorId } as { conversationId: string };

    await expect(aoi.api.room.claim(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await sessionOf(conversationId)).toMatchObject({ status: 'WAITING' });
  });
});

describe('Transfer (TR)', () => {
  it('[TR1] gives the session to a colleague, who may write, while the giver may no longer (B5)', async () => {
    const { conversationId } = await heldByAoi();

    await aoi.api.room.transfer({ conversationId, to: ken.operatorId, note: '  about the table  ' });

    await expect(ken.api.room.send({ conversationId, ...message('hello') })).resolves.toBeDefined();
    await expect(aoi.api.room.send({ conversationId, ...message('hello') })).rejects.toMatchObject({
      cause: { refusal: { code: 'NOT_YOURS', operatorId: ken.operatorId } },
    });
    const transferred = (await desk.log(conversationId)).find(({ fact }) => fact.type === 'session.transferred');
    expect(transferred!.fact).toMatchObject({ from: aoi.operatorId, to: ken.operatorId, note: 'about the table' });
  });

  it('[TR2] heard twice, succeeds and records nothing more', async () => {
    const { conversationId } = await heldByAoi();
    const give = () => aoi.api.room.transfer({ conversationId, to: ken.operatorId });

    await Promise.all([give(), give()]);

    expect(await count(conversationId, 'session.transferred')).toBe(1);
  });

  it('[TR3] is refused to who neither holds the session nor supervises', async () => {
    const { conversationId } = await heldByAoi();

    await expect(ken.api.room.transfer({ conversationId, to: mei.operatorId })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      cause: { refusal: { code: 'NOT_YOURS', operatorId: aoi.operatorId } },
    });
  });

  it('[TR3] is open to a supervisor', async () => {
    const { conversationId } = await heldByAoi();

    const { session } = await mei.api.room.transfer({ conversationId, to: ken.operatorId });

    expect(session).toMatchObject({ operatorId: ken.operatorId });
  });

  it('[TR4] to a colleague who does not exist is NOT_FOUND', async () => {
    const { conversationId } = await heldByAoi();

    await expect(aoi.api.room.transfer({ conversationId, to: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('[TR5] of what waits is NOT_YOURS, of what has closed SESSION_CLOSED', async () => {
    const waiting = await desk.waiting();
    const closed = await heldByAoi();
    await aoi.api.room.close({ conversationId: closed.conversationId });
    const give = ({ conversationId }: { conversationId: string }) =>
      aoi.api.room.transfer({ conversationId, to: ken.operatorId });

    await expect(give(waiting)).rejects.toMatchObject({ cause: { refusal: { code: 'NOT_YOURS', operatorId: null } } });
    await expect(give(closed)).rejects.toMatchObject({ cause: { refusal: { code: 'SESSION_CLOSED' } } });
  });

  it('[TR6] a note of 500 units is kept, one of 501 is INVALID', async () => {
    const { conversationId } = await heldByAoi();
    const give = (note: string) => aoi.api.room.transfer({ conversationId, to: ken.operatorId, note });

    await expect(give('x'.repeat(501))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(give('x'.repeat(500))).resolves.toMatchObject({ session: { operatorId: ken.operatorId } });
  });
});

describe('Closing (CO)', () => {
  it('[CO1] ends the session, keeps by whom and why, and gives the customer back to the bot (B6)', async () => {
    const { conversationId, customer } = await heldByAoi();

    await aoi.api.room.close({ conversationId, reason: 'answered' });
    await customer.says('thank you');

    const { sessions } = await aoi.api.customer.get({ conversationId });
    expect(sessions).toMatchObject([
      { closedBy: { type: 'OPERATOR', operatorId: aoi.operatorId }, reason: 'answered' },
    ]);
    await expect.poll(() => sessionOf(conversationId)).toBeNull();
  });

  it('[CO2] closing twice at once succeeds and records it once', async () => {
    const { conversationId } = await heldByAoi();

    const states = await Promise.all([1, 2, 3].map(() => aoi.api.room.close({ conversationId })));

    expect(states.map(({ session }) => session?.status)).toEqual(['CLOSED', 'CLOSED', 'CLOSED']);
    expect(await count(conversationId, 'session.closed')).toBe(1);
  });

  it('[CO3] what waits is closed by a supervisor, not by an operator', async () => {
    const { conversationId } = await desk.waiting();

    await expect(aoi.api.room.close({ conversationId })).rejects.toMatchObject({
      cause: { refusal: { code: 'NOT_YOURS', operatorId: null } },
    });
    await expect(mei.api.room.close({ conversationId })).resolves.toMatchObject({ session: { status: 'CLOSED' } });
  });

  it('[CO4] what does not exist is NOT_FOUND, what never had a session SESSION_CLOSED (B6)', async () => {
    const { conversationId } = await newRoom(desk);

    await expect(aoi.api.room.close({ conversationId: randomUUID() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(aoi.api.room.close({ conversationId })).rejects.toMatchObject({
      cause: { refusal: { code: 'SESSION_CLOSED' } },
    });
  });

  it.each(['', '   ', 'x'.repeat(501)])('[CO5] the reason %j is INVALID', async (reason) => {
    const { conversationId } = await heldByAoi();

    await expect(aoi.api.room.close({ conversationId, reason })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

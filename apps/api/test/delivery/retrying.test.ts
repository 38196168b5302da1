import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type TestDesk, type TestOperator } from '../desk/desk.ts';
import { deliveryOf, endOf, failureIn, phoneTexts, type Talk, talkWith, write } from '../desk/talking.ts';

let desk: TestDesk;
let aoi: TestOperator;
let ken: TestOperator;
let mei: TestOperator;
beforeAll(async () => {
  // LINE's silence is waited for, so it has to be short here.
  desk = await openDesk({ pushWithinMs: 1_000 });
  aoi = await desk.operator('Aoi');
  ken = await desk.operator('Ken');
  mei = await desk.operator('Mei', 'supervisor');
});
afterAll(() => desk.close());
afterEach(() => desk.line.calm());

/** A message that LINE has refused. */
async function refused(talk: Talk, text = 'refused'): Promise<string> {
  await desk.line.failNext({ status: 400, message: 'Failed to send messages' });
  const messageId = await write(talk, text);
  await endOf(desk, talk, messageId);
  return messageId;
}

const retriesOf = async ({ conversationId }: Talk, messageId: string) =>
  (await deliveryOf(desk, conversationId, messageId)).filter(({ type }) => type === 'delivery.retried');

describe('Delivery (DE)', () => {
  it('[DE6] who wrote a message that failed sends it again, and it arrives (C3)', async () => {
    const talk = await talkWith(desk, aoi);
    const messageId = await refused(talk);

    await aoi.api.room.retry({ conversationId: talk.conversationId, messageId });

    const facts = await endOf(desk, talk, messageId, 2);
    expect(facts.at(-1)).toMatchObject({ type: 'delivery.sent' });
    expect(await phoneTexts(talk)).toEqual(['refused']);
  });

  it('[DE6] a double click on retry asks once, and the message arrives once', async () => {
    const talk = await talkWith(desk, aoi);
    const messageId = await refused(talk);
    const again = () => aoi.api.room.retry({ conversationId: talk.conversationId, messageId });

    await Promise.all([again(), again(), again()]);

    await endOf(desk, talk, messageId, 2);
    expect(await retriesOf(talk, messageId)).toHaveLength(1);
    expect(await phoneTexts(talk)).toEqual(['refused']);
  });

  it('[DE6] a message that fails again can be sent again', async () => {
    const talk = await talkWith(desk, aoi);
    const messageId = await refused(talk);
    const again = () => aoi.api.room.retry({ conversationId: talk.conversationId, messageId });
    await desk.line.failNext({ status: 403 });
    await again();
    await endOf(desk, talk, messageId, 2);

    await again();

    expect((await endOf(desk, talk, messageId, 3)).at(-1)).toMatchObject({ type: 'delivery.sent' });
  });

  it('[DE6] a message that was sent is not sent again', async () => {
    const talk = await talkWith(desk, aoi);
    const messageId = await write(talk, 'sent');
    await endOf(desk, talk, messageId);

    await aoi.api.room.retry({ conversationId: talk.conversationId, messageId });

    expect(await retriesOf(talk, messageId)).toEqual([]);
  });

  it('[DE6] a failed message can be sent again after the session has closed', async () => {
    const talk = await talkWith(desk, aoi);
    const messageId = await refused(talk);
    await aoi.api.room.close({ conversationId: talk.conversationId });

    await aoi.api.room.retry({ conversationId: talk.conversationId, messageId });

    expect((await endOf(desk, talk, messageId, 2)).at(-1)).toMatchObject({ type: 'delivery.sent' });
  });

  it("[RI2] a supervisor sends anybody's failed message again", async () => {
    const talk = await talkWith(desk, aoi);
    const messageId = await refused(talk);

    await mei.api.room.retry({ conversationId: talk.conversationId, messageId });

    expect(await retriesOf(talk, messageId)).toMatchObject([{ operatorId: mei.operatorId }]);
  });

  it("[RI2] an operator does not send a colleague's message again", async () => {
    const talk = await talkWith(desk, aoi);
    const messageId = await refused(talk);

    const again = ken.api.room.retry({ conversationId: talk.conversationId, messageId });

    await expect(again).rejects.toMatchObject({ code: 'FORBIDDEN', cause: { refusal: { code: 'NOT_ALLOWED' } } });
    expect(await retriesOf(talk, messageId)).toEqual([]);
  });

  it('[DE6] a message that nobody wrote, or the customer did, is NOT_FOUND', async () => {
    const talk = await talkWith(desk, aoi);
    const { conversationId } = talk;
    const { entries } = await aoi.api.room.get({ conversationId });
    const theirs = entries.find((entry) => entry.type === 'message' && entry.author.type === 'customer');

    const again = (messageId: string) => mei.api.room.retry({ conversationId, messageId });
    const notFound = { cause: { refusal: { code: 'NOT_FOUND' } } };

    await expect(again(randomUUID())).rejects.toMatchObject(notFound);
    await expect(again(theirs?.type === 'message' ? theirs.messageId : '')).rejects.toMatchObject(notFound);
  });

  it('[DE4] a message sent again goes before later ones that still wait', async () => {
    const talk = await talkWith(desk, aoi);
    const messageId = await refused(talk, 'first');
    await desk.line.failNext({ times: 1, delayMs: 500 });
    const later = await write(talk, 'second');

    await aoi.api.room.retry({ conversationId: talk.conversationId, messageId });
    await endOf(desk, talk, later);

    expect(await phoneTexts(talk)).toEqual(['first', 'second']);
  });

  it('[RO7] the room counts the failed message until it is sent again', async () => {
    const talk = await talkWith(desk, aoi);
    const { conversationId } = talk;
    const messageId = await refused(talk);
    const before = await aoi.api.room.get({ conversationId });

    await aoi.api.room.retry({ conversationId, messageId });

    const after = await aoi.api.room.get({ conversationId });
    expect([before.head.failed, after.head.failed]).toEqual([1, 0]);
  });

  it('[DE3] when LINE never answers, the message is asked again and arrives once', async () => {
    const talk = await talkWith(desk, aoi);
    await desk.line.hang();

    const facts = await endOf(desk, talk, await write(talk, 'patience'));

    expect(facts.map(({ type }) => type)).toEqual([
      'delivery.started',
      'delivery.delayed',
      'delivery.started',
      'delivery.sent',
    ]);
    expect(failureIn(facts)).toEqual({ status: null, message: 'TimeoutError', certain: false });
    expect(await phoneTexts(talk)).toEqual(['patience']);
  });

  it('[DE18] when the answer stops in its middle, compressed, the message is asked again in time and arrives once', async () => {
    const talk = await talkWith(desk, aoi);
    await desk.line.acceptThenDrop({ answer: 'stall' });

    const facts = await endOf(desk, talk, await write(talk, 'half an answer'));

    expect(failureIn(facts)).toEqual({ status: null, message: 'TimeoutError', certain: false });
    expect(facts.at(-1)).toMatchObject({ type: 'delivery.sent' });
    expect(await phoneTexts(talk)).toEqual(['half an answer']);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type TestDesk, type TestOperator } from './desk/desk.ts';
import { message, newRoom, said, seqsOf, textsOf, upTo } from './desk/rooms.ts';

let desk: TestDesk;
let aoi: TestOperator;
let ken: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  aoi = await desk.operator('Aoi');
  ken = await desk.operator('Ken');
});
afterAll(() => desk.close());

async function heldByAoi() {
  const { conversationId } = await newRoom(desk);
  await aoi.api.room.claim({ conversationId });
  return { conversationId };
}

const written = async (conversationId: string) =>
  textsOf((await desk.log(conversationId)).filter(({ fact }) => fact.type === 'operator.wrote'));

describe('Sending (SE)', () => {
  it('[SE1] a message is stored with what it owes before the answer, and the answer is its event (C1, D5)', async () => {
    const { conversationId } = await heldByAoi();
    const sent = message('สวัสดี');

    const event = await aoi.api.room.send({ conversationId, ...sent });

    const { messageId } = sent;
    expect(event).toEqual((await desk.log(conversationId)).at(-1));
    expect(event.fact).toEqual({ type: 'operator.wrote', operatorId: aoi.operatorId, ...sent });
    const owed = await desk.deps.db.prisma.delivery.findMany({ where: { conversationId, messageId } });
    expect(owed).toMatchObject([{ state: 'owed', seq: event.seq }]);
  });

  it('[SE2] sent three times at once it is one message, and every time answers the same (F3)', async () => {
    const { conversationId } = await heldByAoi();
    const sent = message('once');

    const events = await Promise.all([1, 2, 3].map(() => aoi.api.room.send({ conversationId, ...sent })));

    expect(new Set(events.map(({ seq }) => seq))).toHaveLength(1);
    expect(await written(conversationId)).toEqual(['once']);
    expect(await desk.deps.db.prisma.delivery.count({ where: { conversationId } })).toBe(1);
  });

  it.each(['transfer', 'close'] as const)(
    '[SE3] repeated after a %s it still succeeds, with the first event',
    async (act) => {
      const { conversationId } = await heldByAoi();
      const sent = message('heard, but the answer was lost');
      const first = await aoi.api.room.send({ conversationId, ...sent });
      if (act === 'transfer') await aoi.api.room.transfer({ conversationId, to: ken.operatorId });
      else await aoi.api.room.close({ conversationId });

      const again = await aoi.api.room.send({ conversationId, ...sent });

      expect(again).toEqual(first);
      expect(await written(conversationId)).toHaveLength(1);
    },
  );

  it('[SE4] is refused to who does not hold the session, naming who does (F6)', async () => {
    const { conversationId } = await heldByAoi();

    await expect(ken.api.room.send({ conversationId, ...message('me too') })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      cause: { refusal: { code: 'NOT_YOURS', operatorId: aoi.operatorId } },
    });
  });

  it('[SE4] is refused without a session, and after its end (F6)', async () => {
    const never = await newRoom(desk);
    const over = await heldByAoi();
    await aoi.api.room.close(over);
    const closed = { code: 'PRECONDITION_FAILED', cause: { refusal: { code: 'SESSION_CLOSED' } } };

    await expect(aoi.api.room.send({ ...never, ...message('hello') })).rejects.toMatchObject(closed);
    await expect(aoi.api.room.send({ ...over, ...message('hello') })).rejects.toMatchObject(closed);
  });

  it("[SE4] while the session waits it is nobody's to write in", async () => {
    const { conversationId } = await desk.waiting();

    await expect(aoi.api.room.send({ conversationId, ...message('hello') })).rejects.toMatchObject({
      cause: { refusal: { code: 'NOT_YOURS', operatorId: null } },
    });
  });

  it.each([
    ['empty', ''],
    ['blank', ' \n '],
    ['too long', 'x'.repeat(5_001)],
    ['a NUL', 'a\u0000'],
  ])('[SE5] text that is %s is INVALID and leaves nothing (C1, C5)', async (_what, text) => {
    const { conversationId } = await heldByAoi();

    await expect(aoi.api.room.send({ conversationId, ...message(text) })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    expect(await written(conversationId)).toEqual([]);
  });

  it.each([
    '<img src=x onerror=alert(1)>',
    '\'; drop table "Event"; --',
    '{{constructor}}',
    '🍎'.repeat(2_500),
    'a\u2028b',
    'e\u0301',
  ])('[SE6] %j is kept as it was written (C5)', async (text) => {
    const { conversationId } = await heldByAoi();

    await aoi.api.room.send({ conversationId, ...message(text) });

    expect(await written(conversationId)).toEqual([text]);
  });

  it('[SE5] text is trimmed', async () => {
    const { conversationId } = await heldByAoi();

    await aoi.api.room.send({ conversationId, ...message('  hello \n') });

    expect(await written(conversationId)).toEqual(['hello']);
  });

  it('[SE7] an id that is no UUID is INVALID', async () => {
    const { conversationId } = await heldByAoi();

    await expect(aoi.api.room.send({ conversationId, ...message('hello', 'message-1') })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it("[SE7] an id that names the customer's message is INVALID", async () => {
    const theirs = said('hello');
    const { conversationId } = await newRoom(desk, [theirs]);
    await aoi.api.room.claim({ conversationId });
    const messageId = theirs.type === 'customer.wrote' ? theirs.messageId : '';

    await expect(aoi.api.room.send({ conversationId, ...message('mine', messageId) })).rejects.toMatchObject({
      cause: { refusal: { code: 'INVALID', issues: [{ path: 'messageId' }] } },
    });
  });

  it('[SE7] one id may name messages of two conversations', async () => {
    const [here, there] = [await heldByAoi(), await heldByAoi()];
    const sent = message('the same everywhere');
    await aoi.api.room.send({ ...here, ...sent });

    await aoi.api.room.send({ ...there, ...sent });

    expect(await written(there.conversationId)).toEqual(['the same everywhere']);
  });

  it('[SE8] a picture is INVALID', async () => {
    const { conversationId } = await heldByAoi();
    const picture = { conversationId, messageId: randomUUID(), content: { type: 'image' } } as unknown as ReturnType<
      typeof message
    >;

    await expect(aoi.api.room.send({ ...picture, conversationId })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('[SE9] thirty messages sent at once are all stored, each once and without gaps (C6)', async () => {
    const { conversationId } = await heldByAoi();
    const texts = upTo(30).map((index) => `w${index}`);

    await Promise.all(texts.map((text) => aoi.api.room.send({ conversationId, ...message(text) })));

    const log = await desk.log(conversationId);
    expect((await written(conversationId)).toSorted()).toEqual(texts.toSorted());
    expect(seqsOf(log)).toEqual(upTo(log.length));
  });
});

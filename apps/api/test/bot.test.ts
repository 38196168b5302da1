import type { RoomEvent } from '@sala/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDesk, type TestDesk, type TestOperator } from './desk/desk.ts';
import { message, typesOf } from './desk/rooms.ts';
import { event, ingested, newUserId, post, textEvent } from './desk/webhook.ts';

let desk: TestDesk;
let aoi: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  aoi = await desk.operator('Aoi');
});
afterAll(() => desk.close());

let userId: string;
beforeEach(() => {
  userId = newUserId();
});

/** The customer does this, one thing after another. */
async function does(...events: object[]): Promise<void> {
  for (const one of events) {
    await post(desk, one);
    await ingested(desk);
  }
}
const says = (text: string, parts = {}) => textEvent(userId, text, parts);
const presses = (data: string, parts = {}) => event(userId, { type: 'postback', postback: { data }, ...parts });
const follows = () => event(userId, { type: 'follow', follow: { isUnblocked: false } });

const conversation = async () => {
  const { id } = await desk.deps.db.prisma.conversation.findFirstOrThrow({ where: { lineId: userId } });
  desk.everybodyIn(id);
  return { conversationId: id };
};
const log = async (): Promise<RoomEvent[]> => desk.log((await conversation()).conversationId);
const types = async () => typesOf(await log());
const count = async (type: string) => (await types()).filter((one) => one === type).length;

describe('Bot and hand-over (BO)', () => {
  it('[BO1] the first message is greeted, and the next is not', async () => {
    await does(says('hello'), says('anybody there?'));

    expect(await types()).toEqual(['customer.wrote', 'bot.wrote', 'customer.wrote']);
  });

  it('[BO1] the first message is greeted also after the customer added the account', async () => {
    await does(follows(), says('hello'));

    expect(await types()).toEqual(['customer.followed', 'customer.wrote', 'bot.wrote']);
  });

  it('[BO1] customers of one webhook are greeted once each', async () => {
    const other = newUserId();

    await does(follows());
    await post(desk, says('one'), textEvent(other, 'one'), says('two'), textEvent(other, 'two'));
    await ingested(desk);

    expect(await count('bot.wrote')).toBe(1);
  });

  it.each(['ขอคุยกับเจ้าหน้าที่ค่ะ', 'オペレーターお願いします', 'a human please'])(
    '[BO2] %j opens a session that waits, and is answered (B1)',
    async (text) => {
      await does(says(text));

      const { head } = await aoi.api.room.get(await conversation());
      expect(await types()).toEqual(['customer.wrote', 'session.opened', 'bot.wrote']);
      expect(head.session).toMatchObject({ status: 'WAITING' });
    },
  );

  it('[BO4] a button opens a session that waits', async () => {
    await does(presses('action=human'));

    expect(await types()).toEqual(['customer.pressed', 'session.opened', 'bot.wrote']);
  });

  it('[BO5] the bot is silent while the session waits and while it is active (B1)', async () => {
    await does(says('human'), says('hello?'), says('human!'), presses('action=human'));
    await aoi.api.room.claim(await conversation());
    await does(says('hello'), says('human'));

    expect([await count('bot.wrote'), await count('session.opened')]).toEqual([1, 1]);
  });

  it('[BO5] the bot is silent once an operator stepped in unasked', async () => {
    await does(says('hello'));
    await aoi.api.room.claim(await conversation());

    await does(says('human'));

    expect([await count('bot.wrote'), await count('session.opened')]).toEqual([1, 1]);
  });

  it('[BO6] after a close, asking for a person opens the next session', async () => {
    await does(says('human'));
    const room = await conversation();
    await aoi.api.room.claim(room);
    await aoi.api.room.close(room);

    await does(says('hello again'), says('human'));

    const { sessions } = await aoi.api.customer.get(room);
    expect(sessions.map(({ closedAt }) => closedAt === null)).toEqual([true, false]);
    expect(await count('bot.wrote')).toBe(2);
  });

  it('[BO7] asking for a person in ten webhooks at once opens one session', async () => {
    await does(says('hello'));

    await Promise.all(Array.from({ length: 10 }, () => post(desk, says('human'))));
    await ingested(desk);

    expect([await count('session.opened'), await count('bot.wrote')]).toEqual([1, 2]);
  });

  it('[BO7] a customer who asks while an operator steps in gets one session', async () => {
    await does(says('hello'));
    const room = await conversation();

    await Promise.all([post(desk, says('human')), aoi.api.room.claim(room)]);
    await ingested(desk);

    const { head } = await aoi.api.room.get(room);
    expect(await count('session.opened')).toBe(1);
    expect(head.session).toMatchObject({ status: 'ACTIVE', operatorId: aoi.operatorId });
  });

  it('[BO8] in standby the bot hears and is silent', async () => {
    await does(says('human', { mode: 'standby', replyToken: undefined }), presses('action=human', { mode: 'standby' }));

    expect(await types()).toEqual(['customer.wrote', 'customer.pressed']);
  });

  it('[BO1] a sticker is greeted like words', async () => {
    await does(event(userId, { message: { type: 'sticker', id: '1', packageId: '1', stickerId: '2' } }));

    expect(await types()).toEqual(['customer.wrote', 'bot.wrote']);
  });

  it('[SE4] a message to a customer whom the bot has is refused', async () => {
    await does(says('hello'));

    await expect(aoi.api.room.send({ ...(await conversation()), ...message('psst') })).rejects.toMatchObject({
      cause: { refusal: { code: 'SESSION_CLOSED' } },
    });
  });
});

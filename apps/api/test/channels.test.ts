import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChannelBook } from '../src/channels/channelBook.ts';
import { introduceChannel } from '../src/channels/introduce.ts';
import { createSeal } from '../src/channels/seal.ts';
import { CHANNEL, openDesk, type TestDesk, type TestOperator } from './desk/desk.ts';

let desk: TestDesk;
let admin: TestOperator;
beforeAll(async () => {
  desk = await openDesk();
  admin = await desk.operator('Orathai', 'admin');
});
afterAll(() => desk.close());

describe('Channels (CH)', () => {
  beforeEach(() =>
    desk.deps.channels.put({ channelId: CHANNEL.id, secret: CHANNEL.secret, accessToken: CHANNEL.accessToken }),
  );

  it('[CH1] an admin sees each channel and where its webhooks go, and never its keys', async () => {
    const channels = await admin.api.channels.list();

    expect(channels).toEqual([
      expect.objectContaining({ channelId: CHANNEL.id, webhookPath: `/webhooks/line/${CHANNEL.id}` }),
    ]);
    expect(JSON.stringify(channels)).not.toContain(CHANNEL.secret);
    expect(JSON.stringify(channels)).not.toContain(CHANNEL.accessToken);
  });

  it('[CH2] operators and supervisors are NOT_ALLOWED to see to channels', async () => {
    const [operator, supervisor] = [await desk.operator('Nok'), await desk.operator('Haruka', 'supervisor')];

    for (const { api } of [operator, supervisor]) {
      await expect(api.channels.list()).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'NOT_ALLOWED' });
      await expect(api.channels.configureBot({ channelId: CHANNEL.id, bot: {} })).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message: 'NOT_ALLOWED',
      });
    }
  });

  it('[CH3] a bot configured anew says and listens for the new words from the next message on', async () => {
    const bot = { greeting: 'ยินดีต้อนรับค่ะ', handedOver: 'รอสักครู่นะคะ', keywords: ['แอดมิน'], postbacks: ['menu=person'] };
    const [channel] = await admin.api.channels.configureBot({ channelId: CHANNEL.id, bot });
    const customer = await desk.customer('แอน');

    await customer.says('สวัสดีค่ะ');
    await customer.receives(1);
    await customer.says('ขอคุยกับแอดมินค่ะ');

    const received = await customer.receives(2);
    expect(received.map(({ text }) => text)).toEqual(['ยินดีต้อนรับค่ะ', 'รอสักครู่นะคะ']);
    expect(channel?.bot).toEqual(bot);
    const { conversationId } = await desk.conversationOf(customer);
    const { head } = await admin.api.room.get({ conversationId });
    expect(head.session).toMatchObject({ status: 'WAITING' });
    await admin.api.channels.configureBot({ channelId: CHANNEL.id, bot: {} });
  });

  it('[CH4] a bot of a channel that does not exist is NOT_FOUND; empty words are INVALID', async () => {
    const bot = { greeting: '  ' };

    await expect(admin.api.channels.configureBot({ channelId: 'nope', bot: {} })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(admin.api.channels.configureBot({ channelId: CHANNEL.id, bot })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('[CH5] a channel is called what LINE calls the account, and keeps the name when it gets new keys', async () => {
    await introduceChannel(desk.deps, CHANNEL.id);
    await desk.deps.channels.put({ channelId: CHANNEL.id, secret: CHANNEL.secret, accessToken: CHANNEL.accessToken });

    const [channel] = await admin.api.channels.list();

    expect(channel).toMatchObject({ name: 'Test shop', botUserId: expect.stringMatching(/^U[0-9a-f]{32}$/) });
  });

  it('[CH7] with another SECRET_KEY the desk does not start, and says for which channel', async () => {
    const { db, clock } = desk.deps;
    const others = new ChannelBook({ db, clock, seal: createSeal('another key, also of thirty-two bytes!') });

    await expect(desk.deps.channels.check()).resolves.toBeUndefined();
    await expect(others.check()).rejects.toThrow(
      `The keys of channel ${CHANNEL.id} were stored under another SECRET_KEY`,
    );
  });

  it('[CH6] a token that LINE refuses leaves the channel as it was', async () => {
    const [before] = await admin.api.channels.list();
    await desk.deps.channels.put({ channelId: CHANNEL.id, secret: CHANNEL.secret, accessToken: 'revoked' });

    await introduceChannel(desk.deps, CHANNEL.id);

    const [after] = await admin.api.channels.list();
    expect(after).toEqual(before);
  });
});

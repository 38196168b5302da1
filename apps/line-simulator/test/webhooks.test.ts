import { describe, expect, it, vi } from 'vitest';
import { encodeBody, sign } from '../src/index.ts';
import { isSignedWith } from './bot.ts';
import { CHANNEL, setStage } from './stage.ts';

const ESCAPED_PAIR = new RegExp(String.raw`\\uD83E\\uDD28`);

describe('Webhooks (SIM-W)', () => {
  it('[SIM-W1] signs the exact bytes of the body with the channel secret', async () => {
    const { bot, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });

    await an.says('ม้านั่งมีรอยแตก 🤨');

    expect(isSignedWith(CHANNEL.secret, bot.hooks[0]!)).toBe(true);
    expect(sign(CHANNEL.secret, encodeBody(CHANNEL.botUserId, []))).toBe(
      'YQU0voYIh8lUA1XaYoIEZg9trJlhjyu9qVt6HqVvWf4=',
    );
  });

  it('[SIM-W2] escapes characters beyond the basic plane, so that a re-serialised body has another signature', async () => {
    const { bot, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });

    await an.says('จริงหรือ 🤨');

    const { body, raw } = bot.hooks[0]!;
    expect(raw.toString()).toMatch(ESCAPED_PAIR);
    expect(raw.toString()).toContain('จริงหรือ');
    expect(body.events[0]!.message!.text).toBe('จริงหรือ 🤨');
    expect(sign(CHANNEL.secret, Buffer.from(JSON.stringify(body)))).not.toBe(bot.hooks[0]!.headers['x-line-signature']);
  });

  it('[SIM-W3] sends a message event in the shape and with the headers of LINE', async () => {
    const { bot, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });

    const said = await an.says('สวัสดี');

    const { body, headers } = bot.hooks[0]!;
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['user-agent']).toBe('LineBotWebhook/2.0');
    expect(body).toEqual({
      destination: CHANNEL.botUserId,
      events: [
        {
          type: 'message',
          mode: 'active',
          timestamp: said.timestamp,
          webhookEventId: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
          deliveryContext: { isRedelivery: false },
          source: { type: 'user', userId: an.userId },
          replyToken: expect.stringMatching(/^[0-9a-f]{32}$/),
          message: { type: 'text', text: 'สวัสดี', quoteToken: expect.any(String), id: said.messageId },
        },
      ],
    });
    expect(said).toMatchObject({ webhookEventId: body.events[0]!.webhookEventId, status: 200, reason: 'ok' });
    expect(said.messageId).toMatch(/^\d{18}$/);
    expect(BigInt(said.messageId!)).toBeGreaterThan(2n ** 53n);
  });

  it('[SIM-W4] has an event for everything a person can do, and for what nobody has heard of', async () => {
    const { bot, line } = await setStage();
    const ken = await line.customer({ displayName: '健' });

    await ken.sends({ type: 'sticker', packageId: '1', stickerId: '2' });
    await ken.sends({ type: 'image' });
    await ken.sends({ type: 'video' });
    await ken.sends({ type: 'audio' });
    await ken.sends({ type: 'file', fileName: '見積り.pdf', base64: Buffer.from('%PDF').toString('base64') });
    await ken.sends({ type: 'location', latitude: 35.68, longitude: 139.76, title: '東京駅' });
    await ken.presses('action=human', { displayText: '担当者と話す' });
    await ken.blocks();
    await ken.follows();
    await ken.causes({ type: 'teleported', place: { from: 'here' } });

    const events = bot.hooks.flatMap(({ body }) => body.events);
    expect(events.map(({ message, type }) => message?.type ?? type)).toEqual([
      'sticker',
      'image',
      'video',
      'audio',
      'file',
      'location',
      'postback',
      'unfollow',
      'follow',
      'teleported',
    ]);
    expect(events[1]!.message).toMatchObject({ contentProvider: { type: 'line' } });
    expect(events[4]!.message).toMatchObject({ fileName: '見積り.pdf', fileSize: 4 });
    expect(events[4]!.message).not.toHaveProperty('base64');
    expect(events[6]).toMatchObject({ postback: { data: 'action=human' }, replyToken: expect.any(String) });
    expect(events[7]).not.toHaveProperty('replyToken');
    expect(events[8]).toMatchObject({ follow: { isUnblocked: true } });
    expect(events[9]).toMatchObject({ place: { from: 'here' }, source: { userId: ken.userId } });
  });

  it('[SIM-W5] an unsend names the message, and its content is gone', async () => {
    const { bot, call, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const { messageId } = await an.sends({ type: 'image' });

    await an.unsends(messageId!);

    expect(bot.hooks[1]!.body.events[0]).toMatchObject({ type: 'unsend', unsend: { messageId } });
    expect(await call('GET', `/v2/bot/message/${messageId}/content`)).toMatchObject({
      status: 410,
      body: { message: 'The content is gone' },
    });
    await expect(an.unsends(messageId!)).rejects.toThrow('no such message');
  });

  it('[SIM-W6] an answer that is not 2xx, or none within 2 s, is not received', async () => {
    const { bot, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });

    bot.answers(503);
    expect(await an.says('one')).toMatchObject({ status: 503, reason: 'error_status_code' });
    bot.answers(null);
    expect(await an.says('two')).toMatchObject({ status: 0, reason: 'request_timeout' });
    await bot.close();
    expect(await an.says('three')).toMatchObject({ status: 0, reason: 'could_not_connect' });
  });

  it('[SIM-W7] redelivers what was not received, changing nothing but isRedelivery, until it is', async () => {
    const { bot, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    await line.conditions({ redelivery: true, redeliveryScheduleMs: [10, 200, 2_000] });

    bot.answers(500);
    const said = await an.says('ยังอยู่ไหม');
    bot.answers(200);
    await line.wireShows(({ note, status }) => note === 'redelivery' && status === 200);

    const [first, ...again] = bot.hooks.map(({ body }) => body.events[0]!);
    expect(said.status).toBe(500);
    expect(again.at(-1)).toEqual({ ...first, deliveryContext: { isRedelivery: true } });
  });

  it('[SIM-W8] does not redeliver unless that is switched on', async () => {
    const { bot, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    await line.conditions({ redeliveryScheduleMs: [0] });
    bot.answers(500);

    await an.says('one');
    await an.says('two');

    expect(bot.hooks).toHaveLength(2);
  });

  it('[SIM-W9] an event can be redelivered by hand', async () => {
    const { bot, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const { webhookEventId } = await an.says('hello');

    await line.redeliver(webhookEventId);

    const [first, second] = bot.hooks.map(({ body }) => body.events[0]!);
    expect(second).toEqual({ ...first, deliveryContext: { isRedelivery: true } });
    await expect(line.redeliver('nothing')).rejects.toThrow('no event');
  });

  it('[SIM-W10] duplicates are the same bytes, not marked as redelivery', async () => {
    const { bot, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    await line.duplicate();

    await an.says('hello');

    expect(bot.hooks).toHaveLength(2);
    expect(bot.hooks[0]!.raw.equals(bot.hooks[1]!.raw)).toBe(true);
    expect(bot.hooks[1]!.body.events[0]!.deliveryContext.isRedelivery).toBe(false);
  });

  it('[SIM-W11] a batch is one call with several people, shuffled from the last to the first', async () => {
    const { bot, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const ken = await line.customer({ displayName: '健' });

    const outcomes = await line.batch([[an, 'one'], [ken, 'two'], [an, 'three']], { shuffle: true }); // prettier-ignore

    expect(bot.hooks).toHaveLength(1);
    const { events } = bot.hooks[0]!.body;
    expect(events.map(({ message }) => message!.text)).toEqual(['three', 'two', 'one']);
    expect(events.map(({ timestamp }) => timestamp)).toEqual(outcomes.map(({ timestamp }) => timestamp).toReversed());
    expect(new Set(events.map(({ timestamp }) => timestamp)).size).toBe(3);
  });

  it('[SIM-W12] with the shuffle switched on, what people do in one moment goes out together, in wrong order', async () => {
    const { bot, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const ken = await line.customer({ displayName: '健' });
    await line.conditions({ shuffle: true });

    const first = an.says('first');
    await vi.waitFor(async () => expect((await an.chat()).lines).toHaveLength(1));
    await Promise.all([first, ken.says('second')]);

    expect(bot.hooks.map(({ body }) => body.events.map(({ message }) => message!.text))).toEqual([['second', 'first']]);
  });

  it('[SIM-W13] a late event keeps the time it happened', async () => {
    const { bot, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });

    await an.says('from this morning', { at: 1_760_000_000_000 });

    expect(bot.hooks[0]!.body.events[0]!.timestamp).toBe(1_760_000_000_000);
  });

  it('[SIM-W14] can sign wrongly, leave the signature out, and send any bytes', async () => {
    const { bot, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });

    await line.conditions({ wrongSignature: true });
    await an.says('forged');
    await line.sendRaw({ destination: CHANNEL.botUserId, events: [] }, { signature: null });
    await line.sendRaw('{ "events" : [ ] }');

    expect(bot.hooks.map((hook) => isSignedWith(CHANNEL.secret, hook))).toEqual([false, false, true]);
    expect(bot.hooks[1]!.headers).not.toHaveProperty('x-line-signature');
    expect(bot.hooks[2]!.raw.toString()).toBe('{ "events" : [ ] }');
  });

  it('[SIM-W15] waits before telling the bot when there is a delay', async () => {
    const { line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    await line.conditions({ delayMs: 60 });

    const startedAt = performance.now();
    await an.says('slow');

    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(59);
  });
});

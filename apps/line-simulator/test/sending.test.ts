import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CHANNEL, setStage } from './stage.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const STRANGER = `U${'f'.repeat(32)}`;
const text = (value: unknown) => ({ type: 'text', text: value });

describe('Push (SIM-P)', () => {
  it('[SIM-P1] reaches the phone and answers with one id per message, in order', async () => {
    const { call, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });

    const { body, headers, status } = await call('POST', '/v2/bot/message/push', {
      to: an.userId,
      messages: [text('หนึ่ง'), { type: 'location', title: 'a', address: 'b', latitude: 1, longitude: 2 }],
    });

    expect(status).toBe(200);
    expect(headers.get('x-line-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const received = await an.receives(2);
    expect(received.map(({ id }) => id)).toEqual(body.sentMessages!.map(({ id }) => id));
    expect(received[0]!.text).toBe('หนึ่ง');
    expect(body.sentMessages![0]).toHaveProperty('quoteToken');
    expect(body.sentMessages![1]).not.toHaveProperty('quoteToken');
  });

  const details = (message: string, property: string) => ({
    message: 'The request body has 1 error(s)',
    details: [{ message, property }],
  });
  it.each([
    ['no recipient', { messages: [text('a')] }, { message: expect.stringContaining("The property, 'to'") }],
    ['a name for a recipient', { to: 'an', messages: [text('a')] }, { message: expect.stringContaining("'to'") }],
    ['somebody unknown', { to: STRANGER, messages: [text('a')] }, { message: 'Failed to send messages' }],
    ['a group', { to: `C${'a'.repeat(32)}`, messages: [text('a')] }, { message: 'Failed to send messages' }],
    ['no list', { to: STRANGER }, details('May not be empty', 'messages')],
    ['no messages', { to: STRANGER, messages: [] }, details('Size must be between 1 and 5', 'messages')],
    ['six', { to: STRANGER, messages: Array(6).fill(text('a')) }, details('Size must be between 1 and 5', 'messages')],
    ['no text', { to: STRANGER, messages: [{ type: 'text' }] }, details('May not be empty', 'messages[0].text')],
    ['empty text', { to: STRANGER, messages: [text('a'), text('')] }, details('May not be empty', 'messages[1].text')],
    [
      '5001 units of text',
      { to: STRANGER, messages: [text(`${'🍎'.repeat(2_500)}a`)] },
      details('Length must be between 0 and 5000', 'messages[0].text'),
    ],
    [
      'a file, which no bot can send',
      { to: STRANGER, messages: [{ type: 'file' }] },
      details(expect.stringContaining('Must be one of the following values: [text'), 'messages[0].type'),
    ],
    [
      'a quick reply without an end',
      { to: STRANGER, messages: [{ ...text('a'), quickReply: { items: [] } }] },
      details('Size must be between 1 and 13', 'messages[0].quickReply.items'),
    ],
    ['no JSON', '{"to":', { message: expect.stringContaining('could not be parsed as JSON (line: 1') }],
  ])('[SIM-P2] refuses %s with 400, and nothing is sent', async (_, body, expected) => {
    const { call, line } = await setStage();

    expect(await call('POST', '/v2/bot/message/push', body)).toMatchObject({ status: 400, body: expected });
    expect(await line.deliveries()).toEqual([]);
  });

  it('[SIM-P3] takes 5000 UTF-16 units of text', async () => {
    const { line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });

    expect((await push(an.userId, '🍎'.repeat(2_500))).status).toBe(200);
  });

  it('[SIM-P4] to somebody who blocked the account is 200 and never arrives', async () => {
    const { line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    await an.blocks();

    const { body, status } = await push(an.userId, 'are you there?');

    expect(status).toBe(200);
    expect(body.sentMessages).toHaveLength(1);
    expect(await an.received()).toEqual([]);
    expect(await line.deliveries()).toMatchObject([{ delivered: false, userId: an.userId }]);
  });

  it('[SIM-P5] reaches a stranger for seven days after they wrote, and not before', async () => {
    const { later, line, push } = await setStage();
    const ken = await line.customer({ displayName: '健', friend: false });

    await push(ken.userId, 'before');
    await ken.says('hello');
    await push(ken.userId, 'after');
    later(7 * DAY_MS);
    await push(ken.userId, 'too late');

    expect((await ken.received()).map((message) => message.text)).toEqual(['after']);
    expect((await line.deliveries()).map(({ delivered }) => delivered)).toEqual([false, true, false]);
  });

  it('[SIM-P6] asks for the token before it looks at anything, and for the right one', async () => {
    const { call } = await setStage();

    for (const authorization of ['', 'Bearer wrong', CHANNEL.accessToken]) {
      expect(await call('POST', '/v2/bot/message/push', '{', { authorization })).toMatchObject({ status: 401 });
    }
  });

  it('[SIM-P7] refuses more than 2 MB with 413, other types with 415, other paths with 404', async () => {
    const { call } = await setStage();

    expect((await call('POST', '/v2/bot/message/push', { fat: 'x'.repeat(2_097_152) })).status).toBe(413);
    expect((await call('POST', '/v2/bot/message/push', 'to=me', { 'content-type': 'text/plain' })).status).toBe(415);
    const elsewhere = await call('GET', '/v2/bot/message/push/');
    expect(elsewhere).toMatchObject({ status: 404, body: { message: 'Not found' } });
    expect(elsewhere.headers.get('x-line-request-id')).toBeTruthy();
  });
});

describe('Retry keys (SIM-K)', () => {
  it('[SIM-K1] a retry key accepted once answers 409 with the same sentMessages, and sends nothing more', async () => {
    const { line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const retryKey = randomUUID();

    const first = await push(an.userId, 'once', retryKey);
    const second = await push(an.userId, 'once', retryKey.toUpperCase());

    expect(second).toMatchObject({
      status: 409,
      body: { message: 'The retry key is already accepted', sentMessages: first.body.sentMessages },
    });
    expect(second.headers.get('x-line-accepted-request-id')).toBe(first.headers.get('x-line-request-id'));
    expect(second.headers.get('x-line-request-id')).not.toBe(first.headers.get('x-line-request-id'));
    expect(await an.received()).toHaveLength(1);
    expect(await line.deliveries()).toMatchObject([{ retryKey }]);
  });

  it('[SIM-K2] is remembered for 24 hours, per channel; after that it is a new request', async () => {
    const { later, line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const retryKey = randomUUID();
    await push(an.userId, 'once', retryKey);

    later(DAY_MS - 1_000);
    expect((await push(an.userId, 'once', retryKey)).status).toBe(409);
    later(1_000);
    expect((await push(an.userId, 'once', retryKey)).status).toBe(200);
  });

  it('[SIM-K3] a refused request does not use up its key', async () => {
    const { line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const retryKey = randomUUID();

    expect((await push(STRANGER, 'once', retryKey)).status).toBe(400);
    expect((await push(an.userId, 'once', retryKey)).status).toBe(200);
  });

  it('[SIM-K4] must be a UUID', async () => {
    const { line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });

    expect((await push(an.userId, 'once', 'my-key-1')).status).toBe(400);
  });
});

describe('Reply (SIM-R)', () => {
  it('[SIM-R1] answers once with a token; a used or unknown one is refused', async () => {
    const { line, reply } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const { replyToken } = await an.says('hello');

    expect((await reply(replyToken, 'welcome')).status).toBe(200);

    expect(await reply(replyToken, 'welcome')).toMatchObject({ status: 400, body: { message: 'Invalid reply token' } });
    expect(await reply('0'.repeat(32), 'welcome')).toMatchObject({ status: 400 });
    expect(await an.receives(1)).toMatchObject([{ text: 'welcome', via: 'reply' }]);
  });

  it('[SIM-R2] a token dies a minute after its webhook was sent, or as early as the weather says', async () => {
    const { later, line, reply } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });

    const first = await an.says('one');
    later(60_000);
    expect((await reply(first.replyToken, 'late')).status).toBe(400);

    await line.conditions({ replyTokenLifeMs: 5_000 });
    const second = await an.says('two');
    later(5_000);
    expect((await reply(second.replyToken, 'late')).status).toBe(400);
  });

  it('[SIM-R3] a redelivery gives the token another minute, until 20 minutes after the event', async () => {
    const { later, line, reply } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const first = await an.says('one');
    const second = await an.says('two');

    later(10 * 60_000);
    await line.redeliver(first.webhookEventId);
    expect((await reply(first.replyToken, 'in time')).status).toBe(200);

    later(10 * 60_000);
    await line.redeliver(second.webhookEventId);
    expect((await reply(second.replyToken, 'too old')).status).toBe(400);
  });

  it('[SIM-R4] a refused reply does not use up its token; a retry key is refused', async () => {
    const { line, reply } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const { replyToken } = await an.says('hello');

    expect((await reply(replyToken, '')).status).toBe(400);
    expect((await reply(replyToken, 'hi', { 'x-line-retry-key': randomUUID() })).status).toBe(400);
    expect((await reply(replyToken, 'hi')).status).toBe(200);
  });

  it("[SIM-R5] another channel's token is no token", async () => {
    const { call, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    await line.addChannel({ id: '2', secret: 's', accessToken: 'other', name: 'Other' });
    const { replyToken } = await an.says('hello');

    const body = { replyToken, messages: [text('hi')] };
    expect((await call('POST', '/v2/bot/message/reply', body, { authorization: 'Bearer other' })).status).toBe(400);
  });
});

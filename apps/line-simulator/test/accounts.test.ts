import { describe, expect, it } from 'vitest';
import { createSimulator } from '../src/index.ts';
import { isSignedWith } from './bot.ts';
import { CHANNEL, setStage } from './stage.ts';

describe('Profiles (SIM-A)', () => {
  it('[SIM-A1] shows friends, with a portrait that can be fetched here', async () => {
    const { call, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน <3', language: 'th', statusMessage: 'ว่าง' });

    const { body, status } = await call('GET', `/v2/bot/profile/${an.userId}`);

    expect(status).toBe(200);
    expect(body).toMatchObject({ displayName: 'แอน <3', userId: an.userId, language: 'th', statusMessage: 'ว่าง' });
    const portrait = await fetch((body as { pictureUrl: string }).pictureUrl);
    expect(portrait.headers.get('content-type')).toContain('image/svg+xml');
    expect(await portrait.text()).toContain('>อ<');
  });

  it('[SIM-A2] is 404 for those who blocked, strangers and the unknown, 400 for what is no user id', async () => {
    const { call, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const ken = await line.customer({ displayName: '健', friend: false });
    await an.blocks();

    for (const userId of [an.userId, ken.userId, `U${'0'.repeat(32)}`]) {
      expect(await call('GET', `/v2/bot/profile/${userId}`)).toMatchObject({
        status: 404,
        body: { message: 'Not found' },
      });
    }
    expect((await call('GET', '/v2/bot/profile/somebody')).status).toBe(400);

    await an.follows();
    await ken.says('hello');
    expect((await call('GET', `/v2/bot/profile/${an.userId}`)).status).toBe(200);
    expect((await call('GET', `/v2/bot/profile/${ken.userId}`)).status).toBe(200);
  });

  it('[SIM-A3] somebody without a picture has no pictureUrl; somebody who blocked cannot write', async () => {
    const { call, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน', pictureUrl: null });

    expect((await call('GET', `/v2/bot/profile/${an.userId}`)).body).not.toHaveProperty('pictureUrl');
    await an.blocks();
    await expect(an.says('hello')).rejects.toThrow('blocked');
  });
});

describe('Content (SIM-C)', () => {
  it('[SIM-C1] serves the very bytes that were sent, to the channel they were sent to', async () => {
    const { line, url } = await setStage();
    await line.addChannel({ id: '2', secret: 's', accessToken: 'other', name: 'Other' });
    const an = await line.customer({ displayName: 'แอน' });
    const bytes = Buffer.from([0xff, 0xd8, 0xff, 0x00, 0x80]);
    const { messageId } = await an.sends({
      type: 'image',
      base64: bytes.toString('base64'),
      contentType: 'image/jpeg',
    });
    const fetched = (token: string) =>
      fetch(`${url}/v2/bot/message/${messageId}/content`, { headers: { authorization: `Bearer ${token}` } });

    const response = await fetched(CHANNEL.accessToken);

    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect((await fetched('other')).status).toBe(404);
  });

  it('[SIM-C2] is 202 while it is being prepared, 200 when ready, 410 when gone, 404 when unknown', async () => {
    const { call, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const { messageId } = await an.sends({ type: 'video', state: 'preparing' });
    const status = async (id: string) => (await call('GET', `/v2/bot/message/${id}/content`)).status;

    expect(await status(messageId!)).toBe(202);
    await line.content(messageId!, 'ready');
    expect(await status(messageId!)).toBe(200);
    await line.content(messageId!, 'gone');
    expect(await status(messageId!)).toBe(410);
    expect(await status('1')).toBe(404);
  });
});

describe('The account (SIM-B)', () => {
  it('[SIM-B1] says who it is: the destination of its webhooks', async () => {
    const { call } = await setStage();

    expect((await call('GET', '/v2/bot/info')).body).toMatchObject({
      userId: CHANNEL.botUserId,
      displayName: CHANNEL.name,
    });
  });

  it('[SIM-B2] its webhook can be set, read and tested', async () => {
    const { bot, call, line } = await setStage();
    await line.addChannel({ id: '2', secret: 'second', accessToken: 'other', name: 'Other' });
    const as = { authorization: 'Bearer other' };
    const path = '/v2/bot/channel/webhook';

    expect((await call('GET', `${path}/endpoint`, undefined, as)).status).toBe(404);
    expect((await call('PUT', `${path}/endpoint`, { endpoint: 'not a url' }, as)).status).toBe(400);
    expect((await call('PUT', `${path}/endpoint`, { endpoint: bot.url }, as)).status).toBe(200);
    expect((await call('GET', `${path}/endpoint`, undefined, as)).body).toEqual({ endpoint: bot.url, active: true });

    const { body } = await call('POST', `${path}/test`, undefined, as);
    expect(body).toMatchObject({ success: true, statusCode: 200, reason: 'OK' });
    expect(bot.hooks[0]!.body.events).toEqual([]);
    expect(isSignedWith('second', bot.hooks[0]!)).toBe(true);

    bot.answers(404);
    expect((await call('POST', `${path}/test`, {}, as)).body).toMatchObject({
      success: false,
      reason: 'ERROR_STATUS_CODE',
    });
  });

  it('[SIM-B3] a channel added again signs with its new secret', async () => {
    const { bot, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    await line.addChannel({ ...CHANNEL, webhookUrl: bot.url, secret: 'issued again' });

    await an.says('hello');

    expect(isSignedWith('issued again', bot.hooks[0]!)).toBe(true);
  });

  it('[SIM-B4] one person has a chat of their own with every channel', async () => {
    const { line, push } = await setStage();
    await line.addChannel({ id: '2', secret: 's', accessToken: 'other', name: 'Other' });
    const an = await line.customer({ displayName: 'แอน' });

    await push(an.userId, 'from the first');

    expect(await an.received()).toHaveLength(1);
    expect(await an.with('2').received()).toHaveLength(0);
  });
});

describe('The typed client (SIM-T)', () => {
  it('[SIM-T1] waiting for a message ends with it, or at the deadline with what had come', async () => {
    const { line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });

    const waiting = an.receives((message) => message.text === 'two');
    await push(an.userId, 'one');
    await push(an.userId, 'two');

    expect((await waiting).map(({ text }) => text)).toEqual(['one', 'two']);
    await expect(an.receives(3, { withinMs: 30 })).rejects.toThrow('has not received 3, but ["one","two"]');
  });

  it('[SIM-T2] the simulator serves its phone, and nothing beside it', async () => {
    const { url } = await setStage();

    expect((await fetch(url)).headers.get('content-type')).toContain('text/html');
    expect((await fetch(`${url}/page/..%2f..%2fpackage.json`)).status).toBe(404);
  });

  it('[SIM-T3] a taken port is an error that says so', async () => {
    const { port } = await setStage();

    await expect(createSimulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

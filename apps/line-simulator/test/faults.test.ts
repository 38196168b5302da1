import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MONTHLY_LIMIT_MESSAGE, RATE_LIMIT_MESSAGE, WIRE_LOG_LIMIT } from '../src/index.ts';
import { WIRE_BODY_LIMIT } from '../src/wire-log.ts';
import { CHANNEL, setStage } from './stage.ts';

describe('Faults (SIM-F)', () => {
  it('[SIM-F1] fails the next N calls with what was asked for, without effect, and no more', async () => {
    const { line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    await line.failNext({ status: 429, times: 2 });
    await line.failNext({ status: 429, message: MONTHLY_LIMIT_MESSAGE });

    const answers = [await push(an.userId, 'a'), await push(an.userId, 'b'), await push(an.userId, 'c')];

    expect(answers.map(({ body, status }) => [status, body.message])).toEqual([
      [429, RATE_LIMIT_MESSAGE],
      [429, RATE_LIMIT_MESSAGE],
      [429, MONTHLY_LIMIT_MESSAGE],
    ]);
    expect(await an.received()).toEqual([]);
    expect((await push(an.userId, 'd')).status).toBe(200);
  });

  it('[SIM-F2] a 502 is HTML, as from a gateway, and may take its time', async () => {
    const { line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    await line.failNext({ status: 502, delayMs: 40 });

    const startedAt = performance.now();
    const { body, headers, status } = await push(an.userId, 'a');

    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(39);
    expect(status).toBe(502);
    expect(headers.get('content-type')).toContain('text/html');
    expect(body.message).toContain('Bad Gateway');
  });

  it('[SIM-F3] accept-then-drop delivers once, breaks the connection, and answers 409 to the retry', async () => {
    const { line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const retryKey = randomUUID();
    await line.acceptThenDrop();

    await expect(push(an.userId, 'once', retryKey)).rejects.toThrow('fetch failed');

    expect(await an.receives(1)).toMatchObject([{ text: 'once' }]);
    expect(await push(an.userId, 'once', retryKey)).toMatchObject({
      status: 409,
      body: { sentMessages: [{ id: (await an.received())[0]!.id }] },
    });
    expect(await an.received()).toHaveLength(1);
    expect((await line.wire()).at(-2)).toMatchObject({ status: 0, note: 'accepted, then cut off' });
  });

  it('[SIM-F4] accept-then-500 delivers all the same', async () => {
    const { line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const retryKey = randomUUID();
    await line.acceptThenDrop({ answer: 500 });

    expect(await push(an.userId, 'once', retryKey)).toMatchObject({ status: 500 });
    expect(await push(an.userId, 'once', retryKey)).toMatchObject({ status: 409 });
    expect(await an.received()).toHaveLength(1);
  });

  it('[SIM-F5] a call left hanging has no effect and is never answered', async () => {
    const { call, line } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    await line.hang();

    const pending = call('POST', '/v2/bot/message/push', { to: an.userId, messages: [{ type: 'text', text: 'a' }] });
    const fate = Promise.race([pending.catch(() => 'broke'), line.wireShows(({ note }) => note === 'left hanging')]);

    expect(await fate).toMatchObject({ kind: 'push', status: 0 });
    expect(await an.received()).toEqual([]);
    // The simulator closes at the end of the test although the call is still open.
  });

  it('[SIM-F6] a cut line lets nothing through, either way, until it is mended', async () => {
    const { bot, line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    await line.conditions({ cutLine: true });

    expect(await an.says('hello')).toMatchObject({ status: 0, reason: 'could_not_connect' });
    await expect(push(an.userId, 'hello')).rejects.toThrow('fetch failed');
    expect(bot.hooks).toEqual([]);

    await line.calm();
    expect(await an.says('again')).toMatchObject({ status: 200 });
    expect((await push(an.userId, 'again')).status).toBe(200);
  });

  it('[SIM-F7] a fault meets only the part of the API it was planned for', async () => {
    const { call, line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    await line.failNext({ endpoint: 'profile', status: 404, times: null });

    expect((await push(an.userId, 'a')).status).toBe(200);
    expect((await call('GET', `/v2/bot/profile/${an.userId}`)).status).toBe(404);
    expect((await call('GET', `/v2/bot/profile/${an.userId}`)).status).toBe(404);
    await line.calm();
    expect((await call('GET', `/v2/bot/profile/${an.userId}`)).status).toBe(200);
  });

  it('[SIM-F8] accept-then-stall delivers, and its compressed answer stops in the middle', async () => {
    const { line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const retryKey = randomUUID();
    await line.acceptThenDrop({ answer: 'stall' });

    const stalled = push(an.userId, 'once', retryKey).catch(() => 'broke');
    const fate = Promise.race([stalled, line.wireShows(({ note }) => note === 'accepted, then stalled')]);

    expect(await fate).toMatchObject({ kind: 'push', status: 200 });
    expect(await push(an.userId, 'once', retryKey)).toMatchObject({ status: 409 });
    expect(await an.received()).toHaveLength(1);
  });
});

describe('The wire (SIM-L)', () => {
  it('[SIM-L1] shows every request both ways, and no secret', async () => {
    const { call, line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    await an.says('hello');
    await push(an.userId, 'hi', '9f2c0000-0000-4000-8000-000000000000');
    await call('GET', '/v2/bot/not-there');

    const entries = await line.wire();

    expect(entries.map(({ direction, kind, status, summary }) => [direction, kind, summary, status])).toEqual([
      ['out', 'hook', 'message text', 200],
      ['in', 'push', 'text, retry key 9f2c…', 200],
      ['in', 'other', 'GET /v2/bot/not-there', 404],
    ]);
    expect(entries[1]).toMatchObject({ request: { to: an.userId }, response: { sentMessages: [{}] } });
    expect(JSON.stringify(entries)).not.toContain(CHANNEL.accessToken);
    expect(JSON.stringify(entries)).not.toContain(CHANNEL.secret);
  });

  it('[SIM-L2] remembers the newest lines only, and long bodies by their beginning', async () => {
    const { call, line, push } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    for (let sent = 0; sent < WIRE_LOG_LIMIT * 2 + 5; sent += 50) {
      await Promise.all(Array.from({ length: 50 }, () => call('GET', '/v2/bot/info')));
    }
    await call('POST', '/v2/bot/message/push', { to: an.userId, fat: 'x'.repeat(WIRE_BODY_LIMIT * 2) });
    await push(an.userId, 'last');

    const entries = await line.wire();

    expect(entries).toHaveLength(WIRE_LOG_LIMIT);
    expect(entries.at(-1)).toMatchObject({ kind: 'push', status: 200 });
    expect(String(entries.at(-2)!.request).length).toBeLessThan(WIRE_BODY_LIMIT + 10);
  });

  it('[SIM-L3] tells pages what changes as it happens', async () => {
    const { line, url } = await setStage();
    const an = await line.customer({ displayName: 'แอน' });
    const leaving = new AbortController();
    const stream = await fetch(`${url}/_sim/events`, { signal: leaving.signal });

    await an.says('hello');

    let heard = '';
    for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
      heard += chunk;
      if (heard.includes('"wire"')) break;
    }
    expect(heard).toContain(`data: {"type":"chat","channelId":"${CHANNEL.id}","userId":"${an.userId}"}`);
    leaving.abort();
  });
});

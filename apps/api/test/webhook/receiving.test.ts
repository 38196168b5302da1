import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ingestLeftBehind } from '../../src/line/sweep.ts';
import type { Deps } from '../../src/deps.ts';
import type { Decide, Request, RoomLog } from '../../src/log/roomLog.ts';
import { CHANNEL, openDesk, type TestDesk } from '../desk/desk.ts';
import { textsOf, upTo } from '../desk/rooms.ts';
import { bodyOf, ingested, newUserId, post, postBody, sign, textEvent } from '../desk/webhook.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  await desk.deps.channels.put({ channelId: 'other', secret: 'another secret', accessToken: 't' });
});
afterAll(() => desk.close());

let userId: string;
beforeEach(() => {
  userId = newUserId();
});

/** How many events are stored of the customer this test is about. */
async function stored(): Promise<number> {
  const { rows } = await desk.deps.db.pool.query(
    `select count(*)::int as count from "LineEvent" where payload->'source'->>'userId' = $1`,
    [userId],
  );
  return rows[0].count as number;
}

/** What the customer's conversation says, once everything is recorded. */
async function written(): Promise<string[]> {
  await ingested(desk);
  const conversation = await desk.deps.db.prisma.conversation.findFirst({ where: { lineId: userId } });
  return conversation ? textsOf(await desk.log(conversation.id)) : [];
}

describe('Webhook (WH)', () => {
  const signatures: Record<string, (body: string) => string | null> = {
    missing: () => null,
    empty: () => '',
    'of another body': () => sign('{}'),
    'of another channel': (body) => sign(body, 'another secret'),
    'sent twice in one header': (body) => `${sign(body)}, ${sign(body)}`,
    'without its padding': (body) => sign(body).slice(0, -1),
    'no base64 at all': () => '*'.repeat(44),
  };

  it.each(Object.keys(signatures))('[WH1] a signature that is %s is 401, and nothing is stored', async (kind) => {
    const body = bodyOf(textEvent(userId, 'hello'));

    const status = await postBody(desk, body, { signature: signatures[kind]!(body) });

    expect([status, await stored()]).toEqual([401, 0]);
  });

  it('[WH1] a right signature for one channel does not open another', async () => {
    const status = await postBody(desk, bodyOf(textEvent(userId, 'hello')), { channelId: 'other' });

    expect([status, await stored()]).toEqual([401, 0]);
  });

  it.each(['1', 'nobody', '..%2F..', `${CHANNEL.id} `, 'x'.repeat(200), 'a\0b'])(
    '[WH2] the unknown channel %j is 404',
    async (channelId) => {
      expect(await postBody(desk, bodyOf(), { channelId: encodeURIComponent(channelId) })).toBe(404);
    },
  );

  it('[WH3] a body over a megabyte is 413, and nothing is stored', async () => {
    const body = bodyOf(textEvent(userId, 'x'.repeat(1024 * 1024)));

    expect([await postBody(desk, body), await stored()]).toEqual([413, 0]);
  });

  it('[WH3] a body just under a megabyte is taken', async () => {
    const body = bodyOf(textEvent(userId, 'x'.repeat(1024 * 1024 - 1_000)));

    expect([await postBody(desk, body), await stored()]).toEqual([200, 1]);
  });

  it.each([
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['no events', '{"destination":"U1"}'],
    ['events in words', '{"events":"none"}'],
    ['half an object', '{"events":['],
  ])('[WH4] a body that is %s is 400', async (_what, body) => {
    expect(await postBody(desk, body)).toBe(400);
  });

  it('[WH5] a webhook without events is 200', async () => {
    expect(await postBody(desk, bodyOf())).toBe(200);
  });

  it('[WH6] escapes are signed as they were sent, and read as what they mean', async () => {
    const body = bodyOf(textEvent(userId, 'EMOJI')).replace('EMOJI', '\\uD83E\\uDD28 \\u0e01');

    const status = await postBody(desk, body);

    expect(status).toBe(200);
    expect((await written())[0]).toBe('🤨 ก');
  });

  it('[WH6] whitespace between the parts does no harm', async () => {
    const body = JSON.stringify(JSON.parse(bodyOf(textEvent(userId, 'hello'))), null, 2);

    expect([await postBody(desk, body), (await written())[0]]).toEqual([200, 'hello']);
  });

  it.each(['application/json; charset=utf-8', 'text/plain', 'application/octet-stream'])(
    '[WH6] the content type %s is not looked at',
    async (contentType) => {
      const body = bodyOf(textEvent(userId, 'hello'));

      const answer = await fetch(`${desk.url}/webhooks/line/${CHANNEL.id}`, {
        method: 'POST',
        headers: { 'content-type': contentType, 'X-LINE-Signature': sign(body) },
        body,
      });

      expect(answer.status).toBe(200);
    },
  );

  it('[WH13] what was stored and not recorded is recorded by the next sweep', async () => {
    await leftBehind(textEvent(userId, 'nearly lost'), { secondsAgo: 11 });

    await ingestLeftBehind(desk.deps);

    expect((await written())[0]).toBe('nearly lost');
  });

  it('[WH13] what another process may still be recording is left to it', async () => {
    const { webhookEventId } = await leftBehind(textEvent(userId, 'just came'), { secondsAgo: 1 });

    await ingestLeftBehind(desk.deps);

    const [event] = await desk.deps.db.prisma.lineEvent.findMany({ where: { webhookEventId } });
    expect(event!.state).toBe('pending');
    await desk.deps.db.prisma.lineEvent.deleteMany({ where: { webhookEventId } });
  });

  it('[WH13] an event recorded before its process died is not recorded again by the sweep', async () => {
    const event = textEvent(userId, 'once');
    await post(desk, event);
    await written();
    await desk.deps.db.prisma.lineEvent.updateMany({
      where: { webhookEventId: event.webhookEventId },
      data: { state: 'pending', receivedAt: new Date(Date.now() - 60_000) },
    });

    await ingestLeftBehind(desk.deps);

    expect((await written()).filter((text) => text === 'once')).toEqual(['once']);
  });
});

/** The same desk, which cannot record anything of this person. */
const unableToRecord = (lineId: string): Deps => ({
  ...desk.deps,
  rooms: {
    change: async (request: Request, decide: Decide) => {
      const { lineId: of } = await desk.deps.db.prisma.conversation.findUniqueOrThrow({
        where: { id: request.conversationId },
      });
      if (of === lineId) throw new Error('cannot be recorded');
      return desk.deps.rooms.change(request, decide);
    },
  } as unknown as RoomLog,
});

describe('Webhook (WH), left behind', () => {
  const stateOf = async ({ webhookEventId }: { webhookEventId: string }) =>
    (await desk.deps.db.prisma.lineEvent.findFirstOrThrow({ where: { webhookEventId } })).state;

  it('[WH17] an event that cannot be recorded holds up nobody else, however many there are', async () => {
    const poison = [];
    for (const _one of upTo(201)) poison.push(await leftBehind(textEvent(userId, 'poison'), { secondsAgo: 60 }));
    const other = newUserId();
    const good = await leftBehind(textEvent(other, 'good'), { secondsAgo: 30 });

    await ingestLeftBehind(unableToRecord(userId));

    expect([await stateOf(good), await stateOf(poison[0]!)]).toEqual(['done', 'pending']);
    await ingestLeftBehind(desk.deps);
    expect(await stateOf(poison[0]!)).toBe('done');
  });

  it('[WH17] an event that could not be recorded for a day is set aside', async () => {
    const poison = await leftBehind(textEvent(userId, 'poison'), { secondsAgo: 25 * 3_600 });

    await ingestLeftBehind(unableToRecord(userId));

    expect(await stateOf(poison)).toBe('setAside');
  });

  it('[WH13] the sweep records while other events are on their way, and none of them twice', async () => {
    const mine = await leftBehind(textEvent(userId, 'left behind'), { secondsAgo: 60 });
    let goOn = () => {};
    const busy = desk.deps.intake.take(
      { id: 'another', lane: 'another' },
      { prepare: async () => {}, record: () => new Promise((done) => (goOn = done)) },
    );

    await Promise.all([ingestLeftBehind(desk.deps), ingestLeftBehind(desk.deps)]);

    const state = await stateOf(mine);
    goOn();
    await busy;
    expect([state, (await written()).filter((text) => text === 'left behind')]).toEqual(['done', ['left behind']]);
  });
});

/** An event that was acknowledged by a process that died before recording it. */
async function leftBehind(event: ReturnType<typeof textEvent>, { secondsAgo }: { secondsAgo: number }) {
  const { webhookEventId } = event;
  await desk.deps.db.prisma.lineEvent.create({
    data: {
      channelId: CHANNEL.id,
      webhookEventId,
      receivedAt: new Date(Date.now() - secondsAgo * 1_000),
      payload: event,
    },
  });
  return { webhookEventId };
}

import { MONTHLY_LIMIT_MESSAGE } from '@sala/line-simulator';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { deliver } from '../../src/delivery/deliver.ts';
import { wakeLeftBehind } from '../../src/delivery/sweep.ts';
import type { PushOutcome } from '../../src/line/outcome.ts';
import { RoomLog } from '../../src/log/roomLog.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { message } from '../desk/rooms.ts';
import { deliveryOf, endOf, failureIn, phoneTexts, type Talk, talkWith, write } from '../desk/talking.ts';

let desk: TestDesk;
let aoi: TestOperator;
beforeAll(async () => {
  desk = await openDesk();
  aoi = await desk.operator('Aoi');
});
afterAll(() => desk.close());
afterEach(async () => {
  desk.clockOffset.ms = 0;
  await desk.line.calm();
});

const typesOf = (facts: readonly { type: string }[]) => facts.map(({ type }) => type.replace('delivery.', ''));

/** The pushes of this text that the simulator saw, each with its retry key. */
async function pushesOf(text: string) {
  const wire = await desk.line.wire();
  return wire.filter(({ kind, request }) => kind === 'push' && JSON.stringify(request).includes(text));
}

const reaches = ({ conversationId }: Talk, messageId: string, type: string) =>
  vi.waitFor(async () => {
    const facts = await deliveryOf(desk, conversationId, messageId);
    expect(facts.map((fact) => fact.type)).toContain(type);
  }, WAIT);

describe('Delivery (DE)', () => {
  it("[DE1] a message is sending, then sent under LINE's id, and on the phone (C1)", async () => {
    const talk = await talkWith(desk, aoi);

    const facts = await endOf(desk, talk, await write(talk, 'hello'));

    const [received] = (await talk.customer.received()).slice(1);
    expect(facts).toMatchObject([
      { type: 'delivery.started', attempt: 1 },
      { type: 'delivery.sent', lineMessageId: received!.id },
    ]);
    expect(received!.text).toBe('hello');
  });

  it('[DE1] the room shows each state of the delivery', async () => {
    const talk = await talkWith(desk, aoi);
    const messageId = await write(talk, 'hello');
    await endOf(desk, talk, messageId);

    const { deliveries } = await aoi.api.room.get({ conversationId: talk.conversationId });

    expect(deliveries[messageId]).toMatchObject({ state: 'sent', lineMessageId: expect.any(String) });
  });

  it.each([
    [500, 'Internal server error', false],
    [502, 'HTTP 502', false],
    [429, 'The API rate limit has been exceeded. Try again later.', true],
  ])(
    '[DE3] after %i the message is delayed, asked again under the same key, and sent',
    async (status, words, certain) => {
      const talk = await talkWith(desk, aoi);
      await desk.line.failNext({ status });

      const facts = await endOf(desk, talk, await write(talk, `again after ${status}`));

      expect(typesOf(facts)).toEqual(['started', 'delayed', 'started', 'sent']);
      expect(failureIn(facts)).toEqual({ status, message: words, certain });
      const pushes = await pushesOf(`again after ${status}`);
      expect(pushes).toHaveLength(2);
      expect(pushes[1]!.summary).toBe(pushes[0]!.summary);
      expect(await phoneTexts(talk)).toEqual([`again after ${status}`]);
    },
  );

  it.each(['reset', 500] as const)(
    '[DE2] a message whose answer was lost (%s) is on the phone once (F3)',
    async (answer) => {
      const talk = await talkWith(desk, aoi);
      await desk.line.acceptThenDrop({ answer });

      const facts = await endOf(desk, talk, await write(talk, 'exactly once'));

      const [received, ...more] = (await talk.customer.received()).slice(1);
      expect(more).toEqual([]);
      expect(typesOf(facts)).toEqual(['started', 'delayed', 'started', 'sent']);
      expect(facts.at(-1)).toMatchObject({ lineMessageId: received!.id });
    },
  );

  it('[DE9] a delay after a lost answer says that LINE may have taken the message', async () => {
    const talk = await talkWith(desk, aoi);
    await desk.line.acceptThenDrop();

    const facts = await endOf(desk, talk, await write(talk, 'perhaps'));

    expect(failureIn(facts)).toMatchObject({ status: null, certain: false });
  });

  it('[DE4] messages arrive in the order in which they were sent, also when the first fails at first (C6)', async () => {
    const talk = await talkWith(desk, aoi);
    await desk.line.failNext({ times: 2 });

    const ids = [await write(talk, 'one'), await write(talk, 'two'), await write(talk, 'three')];
    await endOf(desk, talk, ids[2]!);

    expect(await phoneTexts(talk)).toEqual(['one', 'two', 'three']);
  });

  it.each([
    [400, 'A message (messages[0]) in the request body is invalid'],
    [403, 'Access to this API is not available for your account'],
    [429, MONTHLY_LIMIT_MESSAGE],
  ])('[DE5] %i "%s" is final and told, and the next message goes on (C3, F5)', async (status, words) => {
    const talk = await talkWith(desk, aoi);
    await desk.line.failNext({ status, message: words });

    const [refused, next] = [await write(talk, 'refused'), await write(talk, 'next')];
    await endOf(desk, talk, next);

    const facts = await deliveryOf(desk, talk.conversationId, refused);
    expect(facts).toMatchObject([
      { type: 'delivery.started' },
      { type: 'delivery.failed', failure: { status, message: words, certain: true } },
    ]);
    expect(await phoneTexts(talk)).toEqual(['next']);
  });

  it('[DE8] a message to somebody who blocked the account is sent, as far as LINE says', async () => {
    const talk = await talkWith(desk, aoi);
    await talk.customer.blocks();

    const facts = await endOf(desk, talk, await write(talk, 'into the void'));

    expect(typesOf(facts)).toEqual(['started', 'sent']);
    expect(await phoneTexts(talk)).toEqual([]);
  });

  it('[DE11] a conversation that waits for LINE does not hold up another', async () => {
    const [slow, quick] = [await talkWith(desk, aoi, 'Slow'), await talkWith(desk, aoi, 'Quick')];
    await desk.line.failNext({ delayMs: 3_000 });
    const slowId = await write(slow, 'slow');
    await reaches(slow, slowId, 'delivery.started');

    const quickFacts = await endOf(desk, quick, await write(quick, 'quick'));

    expect(typesOf(quickFacts).at(-1)).toBe('sent');
    expect(typesOf(await deliveryOf(desk, slow.conversationId, slowId))).toEqual(['started']);
  });

  it('[DE10] a message is not asked again once its retry key would be older than 23 hours', async () => {
    const talk = await talkWith(desk, aoi);
    await desk.line.failNext({ times: null });
    const messageId = await write(talk, 'too late');
    await reaches(talk, messageId, 'delivery.delayed');

    desk.clockOffset.ms = 23 * 3_600_000;
    const facts = await endOf(desk, talk, messageId);

    expect(facts.at(-1)).toMatchObject({ type: 'delivery.failed', failure: { certain: false } });
  });
});

describe('Delivery (DE), left behind', () => {
  /** Records a message as a process does that dies before it can ask for the delivery. */
  async function writeAndDie({ conversationId }: Talk, text: string): Promise<string> {
    const { messageId, content } = message(text);
    const jobs = {
      wakeDelivery: () => undefined,
      deliverAt: async () => undefined,
      lookAgainAt: async () => undefined,
      fetchProfile: async () => undefined,
    };
    const fact = { type: 'operator.wrote' as const, messageId, content, operatorId: aoi.operatorId };
    await new RoomLog({ ...desk.deps, jobs }).change({ conversationId }, () => [fact]);
    return messageId;
  }

  it('[DE7] a message whose delivery nobody asked for is taken up by the sweep', async () => {
    const talk = await talkWith(desk, aoi);
    const messageId = await writeAndDie(talk, 'left behind');
    desk.clockOffset.ms = 6_000;

    await wakeLeftBehind(desk.deps);

    expect(typesOf(await endOf(desk, talk, messageId))).toEqual(['started', 'sent']);
  });

  it('[DE7] a message that was being sent by a process that died is sent again after its 30 s, under the same key', async () => {
    const talk = await talkWith(desk, aoi);
    const messageId = await writeAndDie(talk, 'half sent');
    const now = Date.now();
    const owed = await desk.deps.db.prisma.delivery.update({
      where: { conversationId_messageId: { conversationId: talk.conversationId, messageId } },
      data: { attempts: 1, firstTriedAt: new Date(now), dueAt: new Date(now + 30_000) },
    });
    desk.clockOffset.ms = 36_000;

    await wakeLeftBehind(desk.deps);
    const facts = await endOf(desk, talk, messageId);

    const accepted = await desk.line.deliveries();
    expect(facts[0]).toMatchObject({ type: 'delivery.started', attempt: 2 });
    expect(accepted.find(({ retryKey }) => retryKey === owed.retryKey)?.messages[0]).toMatchObject({
      text: 'half sent',
    });
  });

  it('[DE10] a message half sent before a long night fails instead of arriving a second time', async () => {
    const talk = await talkWith(desk, aoi);
    const messageId = await writeAndDie(talk, 'before the weekend');
    const yesterday = new Date(Date.now() - 24 * 3_600_000);
    await desk.deps.db.prisma.delivery.update({
      where: { conversationId_messageId: { conversationId: talk.conversationId, messageId } },
      data: { attempts: 1, firstTriedAt: yesterday, dueAt: yesterday },
    });

    await wakeLeftBehind(desk.deps);
    const facts = await endOf(desk, talk, messageId);

    expect(facts).toMatchObject([{ type: 'delivery.failed', failure: { status: null, certain: false } }]);
    expect(await pushesOf('before the weekend')).toEqual([]);
  });

  it('[DE12] an attempt that outlived its lease says nothing against the one that came after it', async () => {
    const talk = await talkWith(desk, aoi);
    const messageId = await writeAndDie(talk, 'overtaken');
    let fallSilent: ((outcome: PushOutcome) => void) | undefined;
    const push = () => new Promise<PushOutcome>((resolve) => (fallSilent = resolve));
    const line = (token: string) => ({ ...desk.deps.line(token), push });
    const stalled = deliver({ ...desk.deps, line }, talk.conversationId);
    await vi.waitFor(() => expect(fallSilent).toBeDefined(), WAIT);
    desk.clockOffset.ms = 36_000;
    await wakeLeftBehind(desk.deps);
    await endOf(desk, talk, messageId);

    fallSilent!({ taken: false, again: true, failure: { status: null, message: 'TimeoutError', certain: false } });
    await stalled;

    expect(typesOf(await deliveryOf(desk, talk.conversationId, messageId))).toEqual(['started', 'started', 'sent']);
  });

  it('[DE15] a second wish during an attempt sends nothing twice and does not put off the next attempt', async () => {
    const talk = await talkWith(desk, aoi);
    const messageId = await writeAndDie(talk, 'wished for twice');
    let fallSilent: ((outcome: PushOutcome) => void) | undefined;
    const push = () => new Promise<PushOutcome>((resolve) => (fallSilent = resolve));
    const line = (token: string) => ({ ...desk.deps.line(token), push });
    const attempt = deliver({ ...desk.deps, line }, talk.conversationId);
    await vi.waitFor(() => expect(fallSilent).toBeDefined(), WAIT);

    await deliver(desk.deps, talk.conversationId);
    fallSilent!({ taken: false, again: true, failure: { status: null, message: 'TimeoutError', certain: false } });
    await attempt;

    expect(typesOf(await endOf(desk, talk, messageId))).toEqual(['started', 'delayed', 'started', 'sent']);
    expect(await phoneTexts(talk)).toEqual(['wished for twice']);
  });

  it('[DE7] what waits for an earlier message is not left behind', async () => {
    const talk = await talkWith(desk, aoi);
    const [first] = [await writeAndDie(talk, 'delayed'), await writeAndDie(talk, 'waits for it')];
    await desk.deps.db.prisma.delivery.update({
      where: { conversationId_messageId: { conversationId: talk.conversationId, messageId: first } },
      data: { dueAt: new Date(Date.now() + 60_000) },
    });
    desk.clockOffset.ms = 36_000;

    expect(await wakeLeftBehind(desk.deps)).toBe(0);
  });

  it('[DE7] what is not overdue is left to who is sending it', async () => {
    const talk = await talkWith(desk, aoi);
    await writeAndDie(talk, 'just written');

    expect(await wakeLeftBehind(desk.deps)).toBe(0);
  });

  it('[DE16] a server that stops finishes the message under way and leaves the rest to another', async () => {
    const slow = await openDesk({ jobs: 'stopped' });
    const ken = await slow.operator('Ken');
    const { conversationId, customer } = await slow.waiting();
    await deliver(slow.deps, conversationId); // the bot's answer
    await ken.api.room.claim({ conversationId });
    for (const text of ['one', 'two', 'three']) await ken.api.room.send({ conversationId, ...message(text) });
    const stopping = new AbortController();

    const run = deliver(slow.deps, conversationId, stopping.signal);
    stopping.abort();
    await run;

    expect((await customer.received()).slice(1).map(({ text }) => text)).toEqual(['one']);
    await deliver(slow.deps, conversationId);
    expect((await customer.received()).slice(1).map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    await slow.close();
  });
});

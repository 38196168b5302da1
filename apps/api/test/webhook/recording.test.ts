import { randomUUID } from 'node:crypto';
import type { RoomEvent } from '@sala/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDesk, type TestDesk, type TestOperator } from '../desk/desk.ts';
import { textsOf, typesOf } from '../desk/rooms.ts';
import { event, ingested, lineMessageId, newUserId, post, postBody, bodyOf, textEvent } from '../desk/webhook.ts';

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

async function logOf(lineId: string): Promise<RoomEvent[]> {
  await ingested(desk);
  const conversation = await desk.deps.db.prisma.conversation.findFirst({ where: { lineId } });
  return conversation ? desk.log(conversation.id) : [];
}

/** What the customer wrote, in the order of the log. */
const wordsOf = async (lineId: string) =>
  textsOf((await logOf(lineId)).filter(({ fact }) => fact.type === 'customer.wrote'));

describe('Webhook (WH)', () => {
  it('[WH7] an event that comes twice at once is recorded once', async () => {
    const twice = textEvent(userId, 'once');

    const statuses = await Promise.all([post(desk, twice), post(desk, twice)]);

    expect(statuses).toEqual([200, 200]);
    expect(await wordsOf(userId)).toEqual(['once']);
  });

  it('[WH7] a redelivered event is recorded once', async () => {
    const first = textEvent(userId, 'once');
    await post(desk, first);

    await post(desk, { ...first, deliveryContext: { isRedelivery: true } });

    expect(await wordsOf(userId)).toEqual(['once']);
  });

  it('[WH7] an event that stands twice in one webhook is recorded once', async () => {
    const twice = textEvent(userId, 'once');

    await post(desk, twice, twice);

    expect(await wordsOf(userId)).toEqual(['once']);
  });

  it('[WH7] a message under two event ids is recorded once', async () => {
    const first = textEvent(userId, 'once');

    await post(desk, first, { ...first, webhookEventId: randomUUID() });

    expect(await wordsOf(userId)).toEqual(['once']);
  });

  it('[WH7] an event without an id is recorded once', async () => {
    const { webhookEventId: _none, ...first } = event(userId, { type: 'follow' });

    await post(desk, first);
    await post(desk, first);

    expect(typesOf(await logOf(userId))).toEqual(['customer.followed']);
  });

  it('[WH7] a duplicate gets no second answer of the bot', async () => {
    const twice = textEvent(userId, 'human');

    await Promise.all([post(desk, twice), post(desk, twice)]);

    expect(typesOf(await logOf(userId))).toEqual(['customer.wrote', 'session.opened', 'bot.wrote']);
  });

  it('[WH8] customers of one webhook are kept apart', async () => {
    const others = [newUserId(), newUserId()];

    await post(
      desk,
      textEvent(userId, 'mine 1'),
      textEvent(others[0]!, 'first other'),
      textEvent(userId, 'mine 2'),
      textEvent(others[1]!, 'second other'),
    );

    expect(await Promise.all([userId, ...others].map(wordsOf))).toEqual([
      ['mine 1', 'mine 2'],
      ['first other'],
      ['second other'],
    ]);
  });

  it.each([
    ['group', 'groupId'],
    ['room', 'roomId'],
  ])('[WH8] a %s is a conversation of its own', async (type, key) => {
    const lineId = `C${newUserId().slice(1)}`;

    await post(
      desk,
      textEvent(userId, 'alone'),
      textEvent(userId, 'together', { source: { type, [key]: lineId, userId } }),
    );

    expect([await wordsOf(userId), await wordsOf(lineId)]).toEqual([['alone'], ['together']]);
  });

  it('[WH9] a shuffled webhook is recorded in the order in which it happened', async () => {
    const at = Date.now() - 10_000;
    const events = ['one', 'two', 'three', 'four'].map((text, index) =>
      textEvent(userId, text, { timestamp: at + index }),
    );

    await post(desk, events[2], events[0], events[3], events[1]);

    expect(await wordsOf(userId)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('[WH9] an event without a time does not disturb the order of the others', async () => {
    const at = Date.now() - 10_000;
    const [late, early] = [
      textEvent(userId, 'late', { timestamp: at + 1 }),
      textEvent(userId, 'early', { timestamp: at }),
    ];

    await post(desk, late, { ...textEvent(userId, 'never'), timestamp: 'noon' }, early);

    expect(await wordsOf(userId)).toEqual(['early', 'late']);
  });

  it('[WH9] webhooks that overtook each other read in the order of LINE', async () => {
    const at = Date.now() - 10_000;
    await post(desk, textEvent(userId, 'second', { timestamp: at + 1 }));
    await ingested(desk);
    await post(desk, textEvent(userId, 'first', { timestamp: at }));
    await ingested(desk);
    const conversation = await desk.deps.db.prisma.conversation.findFirstOrThrow({ where: { lineId: userId } });

    const { entries } = await aoi.api.room.get({ conversationId: conversation.id });

    const words = entries.flatMap((entry) =>
      entry.type === 'message' && entry.author.type === 'customer' ? [entry.content] : [],
    );
    expect(words).toEqual([
      { type: 'text', text: 'first' },
      { type: 'text', text: 'second' },
    ]);
  });

  const broken: Record<string, unknown> = {
    'no object': 'hello',
    null: null,
    'without a source': { ...event('x', {}), source: undefined },
    'with a source of an unknown kind': { ...event('x', {}), source: { type: 'planet' } },
    'without a time': { ...event('x', {}), timestamp: undefined },
    'from the year 10000': { ...event('x', {}), timestamp: 253_402_300_800_000 },
    'without a type': { ...event('x', {}), type: undefined },
  };

  it.each(Object.keys(broken))('[WH10] an event that is %s is set aside and costs the others nothing', async (kind) => {
    const before = await setAside();

    await post(desk, textEvent(userId, 'before'), broken[kind], textEvent(userId, 'after'));

    expect(await wordsOf(userId)).toEqual(['before', 'after']);
    expect((await setAside()) - before).toBe(1);
  });

  it('[WH10] what was set aside says why', async () => {
    const event = { ...textEvent(userId, 'x'), source: { type: 'planet' } };

    await post(desk, event);
    await ingested(desk);

    const { webhookEventId } = event;
    const stored = await desk.deps.db.prisma.lineEvent.findFirst({ where: { webhookEventId } });
    expect(stored).toMatchObject({ state: 'setAside', problem: expect.stringContaining('source') });
  });

  it('[WH11] an unknown kind of event is shown as such', async () => {
    await post(desk, event(userId, { type: 'teleported', teleported: { to: 'Mars' } }));

    expect((await logOf(userId)).map(({ fact }) => fact)).toEqual([
      { type: 'line.reported', kind: 'teleported', sentAt: expect.any(String) },
    ]);
  });

  it('[WH11] an unknown kind of message is shown as such', async () => {
    await post(desk, event(userId, { message: { id: lineMessageId(), type: 'hologram', depth: 3 } }));

    expect((await logOf(userId))[0]!.fact).toMatchObject({ content: { type: 'unsupported', kind: 'hologram' } });
  });

  it('[WH12] text that cannot be stored loses only what cannot be stored', async () => {
    const body = bodyOf(textEvent(userId, 'TEXT', { 'odd\u0000key': '\u0000' })).replace('TEXT', 'a\\u0000b\\uD83Cc');

    const status = await postBody(desk, body);

    expect([status, await wordsOf(userId)]).toEqual([200, ['ab\uFFFDc']]);
  });

  it('[WH12] a text longer than LINE allows is cut at a whole character', async () => {
    await post(desk, textEvent(userId, `${'x'.repeat(4_999)}🍎 and more`));

    expect(await wordsOf(userId)).toEqual(['x'.repeat(4_999)]);
  });
});

const setAside = async () => {
  await ingested(desk);
  return desk.deps.db.prisma.lineEvent.count({ where: { state: 'setAside' } });
};

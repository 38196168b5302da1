import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoomEvent, RoomFact } from './fact.ts';
import { emptyHead, evolveHead } from './head.ts';
import { applyEvent, foldPage, LATE_AFTER_MS, prependHistory, type RoomView } from './room.ts';

const START = Date.parse('2026-11-20T09:00:00.000Z');
const iso = (ms: number) => new Date(START + ms).toISOString();

const seconds = fc.integer({ min: 0, max: 600 }).map((s) => s * 1_000);
const id = fc.constantFrom('a', 'b', 'c', 'd');
const content = fc.constantFrom({ type: 'text' as const, text: 'hello' }, { type: 'image' as const });
const failure = { status: 500, message: 'Internal server error', certain: false };

/** Any fact, with few ids, so that facts often speak of the same message. */
const anyFact = fc.oneof<fc.Arbitrary<RoomFact>[]>(
  fc.record({
    type: fc.constant('customer.wrote' as const),
    messageId: id,
    lineMessageId: id,
    content,
    sentAt: seconds.map(iso),
  }),
  fc.record({ type: fc.constant('customer.pressed' as const), data: id, sentAt: seconds.map(iso) }),
  fc.record({
    type: fc.constantFrom('customer.followed' as const, 'customer.blocked' as const),
    sentAt: seconds.map(iso),
  }),
  fc.record({
    type: fc.constant('customer.profiled' as const),
    displayName: id,
    pictureUrl: fc.constant(null),
    language: fc.constant('th'),
  }),
  fc.record({ type: fc.constant('bot.wrote' as const), messageId: id, content }),
  fc.record({ type: fc.constant('operator.wrote' as const), messageId: id, content, operatorId: id }),
  fc.record({
    type: fc.constant('session.opened' as const),
    sessionId: id,
    handOver: fc.constant({ how: 'keyword' as const, word: 'human' }),
  }),
  fc.record({ type: fc.constant('session.claimed' as const), sessionId: id, operatorId: id }),
  fc.record({
    type: fc.constant('session.closed' as const),
    sessionId: id,
    by: fc.constant({ type: 'USER' as const }),
    reason: fc.constant(null),
  }),
  fc.record({
    type: fc.constant('conversation.teamed' as const),
    teamId: fc.option(id, { nil: null }),
    by: fc.option(id, { nil: null }),
  }),
  fc.record({ type: fc.constant('delivery.started' as const), messageId: id, attempt: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ type: fc.constant('delivery.sent' as const), messageId: id, lineMessageId: id }),
  fc.record({
    type: fc.constant('delivery.delayed' as const),
    messageId: id,
    attempt: fc.constant(1),
    failure: fc.constant(failure),
    retryAt: seconds.map(iso),
  }),
  fc.record({ type: fc.constant('delivery.failed' as const), messageId: id, failure: fc.constant(failure) }),
  fc.record({ type: fc.constant('delivery.retried' as const), messageId: id, operatorId: id }),
);

const anyLog = fc
  .array(fc.tuple(anyFact, seconds), { minLength: 1, maxLength: 60 })
  .map((facts) => facts.map(([fact, ms], index): RoomEvent => ({ seq: index + 1, at: iso(ms), fact })));

const empty = (): RoomView => ({
  conversationId: 'c',
  channel: { channelId: 'ch', name: 'Shop' },
  seq: 0,
  fromSeq: 1,
  head: emptyHead(iso(0)),
  entries: [],
  deliveries: {},
});

/** What `room.get` answers when the log is `log` and its pages hold `limit`. */
function opened(log: readonly RoomEvent[], limit: number): RoomView {
  const page = log.slice(-limit);
  const head = log.reduce(evolveHead, empty().head);
  return { ...empty(), seq: log.length, fromSeq: page[0]?.seq ?? 1, head, ...foldPage(page) };
}

const back = (room: RoomView, log: readonly RoomEvent[], limit: number) =>
  prependHistory(room, log.slice(Math.max(0, room.fromSeq - 1 - limit), room.fromSeq - 1));

describe('Reading a room (RO)', () => {
  it('[RO1] hearing every event, reading pages, and any mixture of both come to the same room (D9)', () => {
    fc.assert(
      fc.property(anyLog, fc.nat(), fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (log, cut, sizes) => {
        const heard = log.reduce(applyEvent, empty());

        const already = cut % (log.length + 1);
        let room = opened(log.slice(0, already), sizes[0]!);
        const live = log.slice(already);
        for (let turn = 0; room.fromSeq > 1 || live.length > 0; turn += 1) {
          const size = sizes[turn % sizes.length]!;
          if (turn % 2 === 0) room = back(room, log, size);
          else room = live.splice(0, size).reduce(applyEvent, room);
        }

        expect(room).toEqual(heard);
      }),
    );
  });

  it('[RO2] an event heard again and a page read again change nothing', () => {
    fc.assert(
      fc.property(anyLog, fc.nat(), (log, from) => {
        const room = log.reduce(applyEvent, empty());

        const again = log.slice(from % log.length).reduce(applyEvent, room);
        const paged = prependHistory(again, log);

        expect(paged).toBe(room);
      }),
    );
  });

  it('[RO3] reads in the order of the times shown, and by seq where they are equal (C6)', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const { entries } = log.reduce(applyEvent, empty());

        const places = entries.map(({ shownAt, seq }) => `${shownAt} ${String(seq).padStart(4, '0')}`);
        expect(places).toEqual(places.toSorted());
      }),
    );
  });

  it('[RO3] shows what the customer wrote in the order of LINE, however it came', () => {
    const words = ['one', 'two', 'three', 'four'];
    const wrote = (index: number): RoomFact => ({
      type: 'customer.wrote',
      messageId: `m${index}`,
      lineMessageId: `${index}`,
      content: { type: 'text', text: words[index]! },
      sentAt: iso(index * 1_000),
    });

    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (order) => {
        const log = order.map((index, at): RoomEvent => ({ seq: at + 1, at: iso(5_000), fact: wrote(index) }));

        const { entries } = log.reduce(applyEvent, empty());

        expect(
          entries.map((entry) => entry.type === 'message' && entry.content.type === 'text' && entry.content.text),
        ).toEqual(words);
      }),
    );
  });

  it.each([
    [LATE_AFTER_MS, false],
    [LATE_AFTER_MS + 1, true],
  ])('[RO4] a message handed over %i ms after it was written: late is %s', (delay, late) => {
    const fact: RoomFact = {
      type: 'customer.wrote',
      messageId: 'm',
      lineMessageId: '1',
      content: { type: 'text', text: 'hello' },
      sentAt: iso(0),
    };

    const { entries } = applyEvent(empty(), { seq: 1, at: iso(delay), fact });

    expect(entries).toEqual([expect.objectContaining({ late })]);
  });

  it('[RO6] a message carries the newest state of its delivery, whatever page that lies on', () => {
    fc.assert(
      fc.property(anyLog, fc.integer({ min: 1, max: 10 }), (log, size) => {
        const heard = log.reduce(applyEvent, empty());

        let room = opened(log, size);
        while (room.fromSeq > 1) room = back(room, log, size);

        expect(room.deliveries).toEqual(heard.deliveries);
      }),
    );
  });
});

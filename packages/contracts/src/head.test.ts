import { describe, expect, it } from 'vitest';
import type { RoomFact } from './fact.ts';
import { emptyHead, evolveHead, type RoomHead } from './head.ts';
import { applyPresence } from './presence.ts';

const AT = '2026-11-20T09:00:00.000Z';
const after = (facts: RoomFact[], start: RoomHead = emptyHead(AT)) =>
  facts.reduce((head, fact, index) => evolveHead(head, { seq: index + 1, at: AT, fact }), start);

const said = (text: string): RoomFact => ({
  type: 'customer.wrote',
  messageId: text,
  lineMessageId: text,
  content: { type: 'text', text },
  sentAt: AT,
});
const wrote = (messageId: string): RoomFact => ({
  type: 'operator.wrote',
  messageId,
  content: { type: 'text', text: messageId },
  operatorId: 'aoi',
});
const saidAt = (text: string, sentAt: string): RoomFact => ({ ...said(text), sentAt }) as RoomFact;
const botSaid = (text: string): RoomFact => ({ type: 'bot.wrote', messageId: text, content: { type: 'text', text } });
const failed = (messageId: string): RoomFact => ({
  type: 'delivery.failed',
  messageId,
  failure: { status: 400, message: 'no', certain: true },
});

describe('Reading a room (RO)', () => {
  it.each<[string, RoomFact[], number]>([
    ['after two messages', [said('a'), said('b')], 2],
    ['after an answer', [said('a'), wrote('b')], 0],
    ['after an answer and another message', [said('a'), wrote('b'), said('c')], 1],
    [
      'after an answer of the bot alone',
      [said('a'), { type: 'bot.wrote', messageId: 'b', content: { type: 'text', text: 'b' } }],
      1,
    ],
    ['after a close', [said('a'), { type: 'session.closed', sessionId: 's', by: { type: 'USER' }, reason: null }], 0],
  ])('[RO7] %s, %j leaves %i unanswered', (_when, facts, unanswered) => {
    expect(after(facts).unanswered).toBe(unanswered);
  });

  it.each<[string, RoomFact[], number]>([
    ['two refused messages', [wrote('a'), wrote('b'), failed('a'), failed('b')], 2],
    [
      'one of them sent again',
      [failed('a'), failed('b'), { type: 'delivery.retried', messageId: 'a', operatorId: 'aoi' }],
      1,
    ],
  ])('[RO7] after %s, that many are failed', (_when, facts, count) => {
    expect(after(facts).failed).toBe(count);
  });
});

describe('Profile (PF)', () => {
  it.each<[string, RoomFact[], boolean]>([
    ['blocked', [{ type: 'customer.blocked', sentAt: AT }], false],
    [
      'came back',
      [
        { type: 'customer.blocked', sentAt: AT },
        { type: 'customer.followed', sentAt: AT },
      ],
      true,
    ],
  ])('[PF4] a customer who %s is reachable accordingly', (_what, facts, reachable) => {
    expect(after(facts).customer.reachable).toBe(reachable);
  });
});

describe('Presence (PR)', () => {
  const [aoi, ken] = [
    { operatorId: 'aoi', name: 'Aoi', role: 'operator' as const, availability: 'online' as const },
    { operatorId: 'ken', name: 'Ken', role: 'operator' as const, availability: 'online' as const },
  ];

  it('[PR1] a change heard again changes nothing', () => {
    const once = applyPresence([aoi], [{ type: 'arrived', operator: ken }]);

    expect(applyPresence(once, [{ type: 'arrived', operator: ken }])).toEqual([aoi, ken]);
  });

  it('[PR1] a snapshot replaces what was known', () => {
    expect(applyPresence([aoi], [{ type: 'snapshot', operators: [ken] }])).toEqual([ken]);
  });

  it('[PR1] who left is gone', () => {
    expect(applyPresence([aoi, ken], [{ type: 'left', operatorId: 'aoi' }])).toEqual([ken]);
  });
});

describe('Inbox (IN)', () => {
  it.each<[string, RoomFact[], string | undefined]>([
    ['nothing', [], undefined],
    ['only the bot', [botSaid('hello')], 'hello'],
    ['a question and the bot after it', [said('a question'), botSaid('one moment')], 'a question'],
    ['an answer', [said('a question'), botSaid('one moment'), wrote('an answer')], 'an answer'],
    [
      'a message that LINE handed over late',
      [saidAt('new', '2026-11-20T08:59:00.000Z'), saidAt('old', '2026-11-20T08:00:00.000Z')],
      'new',
    ],
  ])('[IN10] after %s the row shows the right words', (_when, facts, words) => {
    expect(after(facts).last?.text).toBe(words);
  });
});

describe('Profile (PF)', () => {
  it.each<[string, [kind: 'customer.followed' | 'customer.blocked', sentAt: string][], boolean]>([
    ['a block', [['customer.blocked', '2026-11-20T08:00:00.000Z']], false],
    [
      'a block and a follow',
      [
        ['customer.blocked', '2026-11-20T08:00:00.000Z'],
        ['customer.followed', '2026-11-20T08:01:00.000Z'],
      ],
      true,
    ],
    [
      'a follow and then an older block',
      [
        ['customer.followed', '2026-11-20T08:01:00.000Z'],
        ['customer.blocked', '2026-11-20T08:00:00.000Z'],
      ],
      true,
    ],
  ])('[PF4] after %s the customer is reachable: %j → %s', (_when, news, reachable) => {
    const head = after(news.map(([type, sentAt]) => ({ type, sentAt })));

    expect(head.customer.reachable).toBe(reachable);
  });
});

import {
  applyEvent,
  emptyHead,
  evolveHead,
  evolveSession,
  type RoomEvent,
  type RoomFact,
  type RoomView,
  type Session,
} from '@sala/contracts';
import { describe, expect, it } from 'vitest';
import type { Account, Finding, RecordedConversation } from './account.ts';
import { judge } from './judge.ts';
import { type Act, Ledger, type Said, type Sent } from './ledger.ts';

const AT = '2026-11-20T09:00:00.000Z';
const SESSION = 's1';
const AOI = 'aoi';
const text = (words: string) => ({ type: 'text' as const, text: words });

const FACTS: RoomFact[] = [
  { type: 'customer.wrote', messageId: 'm1', lineMessageId: 'L1', content: text('human'), sentAt: AT },
  { type: 'session.opened', sessionId: SESSION, handOver: { how: 'keyword', word: 'human' } },
  { type: 'bot.wrote', messageId: 'm2', content: text('one moment') },
  { type: 'delivery.started', messageId: 'm2', attempt: 1 },
  { type: 'delivery.sent', messageId: 'm2', lineMessageId: 'P1' },
  { type: 'session.claimed', sessionId: SESSION, operatorId: AOI },
  { type: 'operator.wrote', messageId: 'm3', content: text('hello'), operatorId: AOI },
  { type: 'operator.wrote', messageId: 'm4', content: text('how can I help'), operatorId: AOI },
  { type: 'delivery.sent', messageId: 'm3', lineMessageId: 'P2' },
  { type: 'delivery.sent', messageId: 'm4', lineMessageId: 'P3' },
];

type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer One)[] ? One[] : T[K] };
type History = {
  said: Said;
  refused: Sent;
  first: Sent;
  second: Sent;
  claim: Act;
  conversation: Writable<RecordedConversation>;
  lineEvents: { webhookEventId: string; state: string }[];
  delivered: Account['delivered'][number][];
  room: Writable<Account['rooms'][number]>;
  list: Writable<Account['lists'][number]>;
  presence: Writable<Account['presence'][number]>;
};

const number = (facts: readonly RoomFact[]): RoomEvent[] =>
  facts.map((fact, index) => ({ seq: index + 1, at: AT, fact }));

/** An account in which everything is as it should be, in parts that a test can damage. */
function history(): History {
  const events = number(FACTS);
  const head = events.reduce(evolveHead, emptyHead(AT));
  const begun: RoomView = {
    conversationId: 'c1',
    channel: { channelId: 'ch', name: 'Shop' },
    seq: 0,
    fromSeq: 1,
    head: emptyHead(AT),
    entries: [],
    deliveries: {},
  };
  const row = { conversationId: 'c1', channelId: 'ch', seq: events.length, head };
  const counts = { waiting: 0, mine: 1, active: 1, bot: 0, closed: 0, all: 1 };
  const sent = (messageId: string, words: string, seq: number): Sent => ({
    kind: 'sent',
    writer: 'Aoi 1',
    operatorId: AOI,
    conversationId: 'c1',
    messageId,
    text: words,
    tries: [{ is: 'unknown', why: 'no answer' }, { is: 'ok' }],
    answer: events[seq - 1]!,
  });
  return {
    said: {
      kind: 'said',
      userId: 'U1',
      text: 'human',
      lineMessageId: 'L1',
      webhookEventId: 'E1',
      tries: [{ is: 'ok' }],
    },
    refused: { ...sent('m5', 'too late', 1), tries: [{ is: 'refused', code: 'NOT_YOURS' }], answer: null },
    first: sent('m3', 'hello', 7),
    second: sent('m4', 'how can I help', 8),
    claim: {
      kind: 'claimed',
      operatorId: AOI,
      conversationId: 'c1',
      sessionId: SESSION,
      to: null,
      tries: [{ is: 'ok' }],
      answer: {
        conversationId: 'c1',
        seq: 6,
        session: events.slice(0, 6).reduce<Session | null>(evolveSession, null),
      },
    },
    conversation: {
      conversationId: 'c1',
      lineId: 'U1',
      createdAt: AT,
      lastSeq: events.length,
      head,
      shelf: 'active',
      events,
      messages: [
        { id: 'm1', seq: 1, delivery: null },
        { id: 'm2', seq: 3, delivery: 'sent' },
        { id: 'm3', seq: 7, delivery: 'sent' },
        { id: 'm4', seq: 8, delivery: 'sent' },
      ],
      deliveries: [],
    },
    lineEvents: [{ webhookEventId: 'E1', state: 'done' }],
    delivered: [
      { userId: 'U1', retryKey: 'k1', lineMessageId: 'P1', text: 'one moment' },
      { userId: 'U1', retryKey: 'k2', lineMessageId: 'P2', text: 'hello' },
      { userId: 'U1', retryKey: 'k3', lineMessageId: 'P3', text: 'how can I help' },
    ],
    room: {
      tab: 'Aoi 1',
      conversationId: 'c1',
      from: 0,
      events: [...events],
      folded: events.reduce(applyEvent, begun),
      fresh: events.reduce(applyEvent, begun),
    },
    list: { tab: 'Aoi 1', view: 'all', rows: [row], counts, freshRows: [{ ...row }], freshCounts: { ...counts } },
    presence: { tab: 'Aoi 1', where: 'on the desk', seen: [AOI, 'somchai'], there: ['somchai', AOI] },
  };
}

function judged(damage: (history: History) => void = () => undefined): Finding[] {
  const made = history();
  damage(made);
  const ledger = new Ledger();
  for (const one of [made.said, made.claim, made.first, made.second, made.refused]) ledger.write(one);
  return judge({
    ledger,
    recorded: { conversations: [made.conversation], lineEvents: made.lineEvents },
    delivered: made.delivered,
    rooms: [made.room],
    lists: [made.list],
    presence: [made.presence],
  });
}

/** The log with this much more in it, and everything that follows from the log with it. */
function record(history: History, ...facts: RoomFact[]): void {
  const events = number([...history.conversation.events.map(({ fact }) => fact), ...facts]);
  Object.assign(history.conversation, {
    events,
    lastSeq: events.length,
    head: events.reduce(evolveHead, emptyHead(AT)),
  });
  const heard = events.slice(history.room.events.length);
  history.room.events = events;
  history.room.folded = heard.reduce(applyEvent, history.room.folded!);
  history.room.fresh = history.room.folded;
}

describe('Faults (FA), the judge', () => {
  it('[FA9] finds nothing in an honest history, in which one send was repeated and another refused', () => {
    expect(judged()).toEqual([]);
  });

  it.each<[string, Finding['kind'], (history: History) => void]>([
    [
      'a customer message that was acknowledged and is not in the log',
      'lost',
      ({ said }) => (said.lineMessageId = 'L9'),
    ],
    ['a webhook that was acknowledged and not kept', 'lost', ({ lineEvents }) => (lineEvents.length = 0)],
    ['a webhook that is still pending', 'lost', ({ lineEvents }) => (lineEvents[0]!.state = 'pending')],
    ['a send that was acknowledged and is not in the log', 'lost', ({ first }) => (first.messageId = 'm9')],
    ['an event that the head counts and the log has not', 'lost', ({ conversation }) => (conversation.lastSeq += 1)],
    ['a message that the phone never had', 'lost', ({ delivered }) => void delivered.pop()],
    ['an event that a subscriber did not hear', 'lost', ({ room }) => void room.events.splice(4, 1)],
    ['an act that was answered with an event beyond the log', 'lost', ({ claim }) => (claim.answer!.seq = 99)],
  ])('[FA9] finds %s', (_what, kind, damage) => {
    expect(judged(damage).map((finding) => finding.kind)).toContain(kind);
  });

  it.each<[string, (history: History) => void]>([
    ['a customer message that is in the log twice', (made) => record(made, FACTS[0]!)],
    ['a customer message that nobody said', (made) => record(made, { ...FACTS[0]!, lineMessageId: 'L7' } as RoomFact)],
    ['a send that is in the log twice', (made) => record(made, FACTS[6]!)],
    ['a message that nobody sent', (made) => record(made, { ...FACTS[6]!, messageId: 'm7' } as RoomFact)],
    ['a refused send that is in the log', (made) => record(made, { ...FACTS[6]!, messageId: 'm5' } as RoomFact)],
    ['a claim for which nobody asked', (made) => record(made, FACTS[5]!)],
    ['a message that is sent twice in the log', (made) => record(made, FACTS[8]!)],
    [
      'a message that the phone has twice',
      ({ delivered }) => void delivered.push({ userId: 'U1', retryKey: 'k9', lineMessageId: 'P9', text: 'hello' }),
    ],
    [
      'a retry key that LINE took twice',
      ({ delivered }) => void delivered.push({ userId: 'U2', retryKey: 'k1', lineMessageId: 'P9', text: 'hello' }),
    ],
    ['an event that a subscriber heard twice', ({ room }) => void room.events.push(room.events[3]!)],
  ])('[FA9] finds %s', (_what, damage) => {
    expect(judged(damage).map(({ kind }) => kind)).toContain('doubled');
  });

  it.each<[string, (history: History) => void]>([
    ['a number that is missing in the log', ({ conversation }) => void conversation.events.splice(2, 1)],
    ['a phone with another order than the log', (made) => (made.delivered = made.delivered.toReversed())],
    ['a subscriber who heard events in another order', ({ room }) => (room.events = room.events.toReversed())],
    [
      'a writer whose second message lies before the first',
      ({ first, second }) => (first.answer = { ...second.answer!, seq: 9 }),
    ],
  ])('[FA9] finds %s', (_what, damage) => {
    expect(judged(damage).map(({ kind }) => kind)).toContain('disordered');
  });

  it.each<[string, (history: History) => void]>([
    ['a send that nobody knows the end of', ({ first }) => (first.tries = [{ is: 'unknown', why: 'no answer' }])],
    [
      'an act that was never granted or refused',
      ({ claim }) => (claim.tries = [{ is: 'refused', code: 'UNAVAILABLE' }]),
    ],
    ['a customer message that was never acknowledged', ({ said }) => (said.tries = [])],
    [
      'a delivery that is still owed',
      ({ conversation }) => void conversation.deliveries.push({ messageId: 'm4', state: 'owed' }),
    ],
  ])('[FA9] finds %s', (_what, damage) => {
    expect(judged(damage).map(({ kind }) => kind)).toContain('unresolved');
  });

  it.each<[string, (history: History) => void]>([
    ['a head that is not the fold of the log', ({ conversation }) => (conversation.head = emptyHead(AT))],
    ['messages that are not those of the log', ({ conversation }) => void conversation.messages.pop()],
    ['an answer that is not what was recorded', ({ first }) => (first.answer = { ...first.answer!, seq: 5 })],
    ['an act that was answered another state', ({ claim }) => (claim.answer!.session = null)],
    ['a message that reads otherwise on the phone', ({ delivered }) => (delivered[1]!.text = 'good bye')],
    [
      'an event that the log has otherwise',
      ({ room }) => (room.events[2] = { ...room.events[2]!, at: '2026-11-20T10:00:00.000Z' }),
    ],
    ['a fold that is not a fresh look', ({ room }) => (room.folded = { ...room.folded!, entries: [] })],
    ['a list with a row too many', ({ list }) => (list.freshRows = [])],
    ['a list with an old row', ({ list }) => (list.rows = [{ ...list.rows[0]!, seq: 3 }])],
    ['counts that are not those of the database', ({ list }) => (list.counts = { ...list.freshCounts, active: 7 })],
    ['a colleague who is not there', ({ presence }) => void presence.seen.push('ghost')],
    ['a colleague who is not seen', ({ presence }) => void presence.seen.pop()],
  ])('[FA9] finds %s', (_what, damage) => {
    expect(judged(damage).map(({ kind }) => kind)).toContain('differs');
  });

  it('[FA9] counts as resolved what was unknown once and is known now', () => {
    const { first, refused, said } = history();
    const ledger = new Ledger();
    for (const one of [first, refused, said]) ledger.write(one);

    expect(ledger.resolved).toBe(1);
  });
});

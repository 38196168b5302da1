import { type Entry, foldPage, type Me, type RoomEvent, type RoomFact, type Session } from '@sala/contracts';
import { describe, expect, it } from 'vitest';
import { colleagues } from './acts/colleagues.ts';
import { enterMeans } from './composer/sendKey.ts';
import { writingIn } from './composer/writing.ts';
import { linesOf } from './messages/lines.ts';
import { safeHref } from './messages/safeHref.ts';

const at = (minute: number, second = 0) => new Date(2026, 10, 20, 9, minute, second).toISOString();
const event = (seq: number, minute: number, fact: RoomFact): RoomEvent => ({ seq, at: at(minute), fact });
const wrote = (seq: number, minute: number): RoomEvent =>
  event(seq, minute, {
    type: 'customer.wrote',
    messageId: `m${seq}`,
    lineMessageId: `l${seq}`,
    content: { type: 'text', text: 'hello' },
    sentAt: at(minute),
  });
const answered = (seq: number, minute: number, operatorId = 'nok'): RoomEvent =>
  event(seq, minute, {
    type: 'operator.wrote',
    messageId: `m${seq}`,
    content: { type: 'text', text: 'hi' },
    operatorId,
  });

const entriesOf = (...events: RoomEvent[]): Entry[] => foldPage(events).entries;

describe('the lines of a room', () => {
  it('have runs of one voice, broken by another voice, a fact and a minute', () => {
    const entries = entriesOf(
      wrote(1, 0),
      wrote(2, 1),
      answered(3, 2),
      answered(4, 2, 'haruka'),
      wrote(5, 3),
      event(6, 3, { type: 'customer.pressed', data: 'x', sentAt: at(3, 30) }),
      wrote(7, 4),
      wrote(8, 6),
    );
    const starts = linesOf({ entries, fromSeq: 1 }).flatMap((line) =>
      line.type === 'message' ? [line.startsRun] : [],
    );
    expect(starts).toEqual([true, false, true, true, true, true, true]);
  });

  it('say of only the newest message of ours that it was sent', () => {
    const entries = entriesOf(answered(1, 0), answered(2, 1), wrote(3, 2));
    const newest = linesOf({ entries, fromSeq: 1 }).filter((line) => line.type === 'message' && line.isNewestOurs);
    expect(newest.map((line) => line.key)).toEqual(['m2']);
  });

  it('number sessions only when all of them are loaded, and tell how long the wait was', () => {
    const opened = event(2, 1, {
      type: 'session.opened',
      sessionId: 's',
      handOver: { how: 'keyword', word: 'person' },
    });
    const claimed = event(3, 3, { type: 'session.claimed', sessionId: 's', operatorId: 'nok' });
    const entries = entriesOf(wrote(1, 0), opened, claimed);
    expect(linesOf({ entries, fromSeq: 1 })).toMatchObject([
      { type: 'day' },
      { type: 'message' },
      { type: 'session', number: 1 },
      { type: 'fact', waitedMs: 120_000 },
    ]);
    expect(linesOf({ entries, fromSeq: 2 })[2]).toMatchObject({ type: 'session', number: null });
  });

  it('tell of somebody who stepped in once, in the chapter', () => {
    const handOver = { how: 'operator', operatorId: 'nok' } as const;
    const entries = entriesOf(
      event(1, 0, { type: 'session.opened', sessionId: 's', handOver }),
      event(2, 0, { type: 'session.claimed', sessionId: 's', operatorId: 'nok' }),
    );
    expect(linesOf({ entries, fromSeq: 1 }).map((line) => line.type)).toEqual(['day', 'session']);
  });
});

describe('Enter', () => {
  const press = (more = {}) => ({
    key: 'Enter',
    shiftKey: false,
    metaKey: false,
    ctrlKey: false,
    isComposing: false,
    keyCode: 13,
    ...more,
  });
  it('sends by choice, and Shift always makes a line', () => {
    expect(enterMeans(press(), 'enter')).toBe('send');
    expect(enterMeans(press({ ctrlKey: true }), 'enter')).toBe('newLine');
    expect(enterMeans(press(), 'mod-enter')).toBe('newLine');
    expect(enterMeans(press({ metaKey: true }), 'mod-enter')).toBe('send');
    expect(enterMeans(press({ shiftKey: true }), 'enter')).toBe('newLine');
  });

  it('belongs to the input method while that composes', () => {
    expect(enterMeans(press({ isComposing: true }), 'enter')).toBeNull();
    expect(enterMeans(press({ keyCode: 229 }), 'enter')).toBeNull();
  });
});

describe('writing', () => {
  const me = { operatorId: 'nok', role: 'operator' } as Me;
  const customer = { displayName: null, pictureUrl: null, language: null, reachable: true, reachableSince: null };
  const head = (session: Session | null, reachable = true) => ({
    session,
    customer: { ...customer, reachable },
    last: null,
    unanswered: 0,
    failed: 0,
    activeAt: at(0),
    teamId: null,
  });
  const active = (operatorId: string): Session => ({ status: 'ACTIVE', sessionId: 's', operatorId, since: at(0) });

  it('is for who holds the session and can be reached', () => {
    expect(writingIn(head(null), me).type).toBe('bot');
    expect(writingIn(head({ status: 'WAITING', sessionId: 's', since: at(0) }), me).type).toBe('unclaimed');
    expect(writingIn(head(active('nok')), me).type).toBe('open');
    expect(writingIn(head(active('nok'), false), me).type).toBe('blocked');
    expect(writingIn(head(active('haruka')), me)).toEqual({ type: 'others', operatorId: 'haruka' });
  });
});

describe('colleagues', () => {
  const person = (operatorId: string, name: string) => ({ operatorId, name, role: 'operator' as const });
  const all = [person('1', 'Arun'), person('2', 'นก'), person('3', 'Beam'), person('4', 'Chai')];

  it('are everybody but the holder, those who take conversations first', () => {
    const known = new Map([
      ['1', 'away'],
      ['4', 'online'],
    ] as const);
    const found = colleagues(all, known, { except: '2', sought: '' });
    expect(found.map((one) => one.name)).toEqual(['Chai', 'Arun', 'Beam']);
  });

  it('are found by any part of their name', () => {
    expect(colleagues(all, new Map(), { except: null, sought: ' HA' }).map((one) => one.name)).toEqual(['Chai']);
  });
});

describe('links in what customers write', () => {
  it('lead only where words may lead', () => {
    expect(safeHref('https://example.com')).toBe('https://example.com');
    expect(safeHref('mailto:a@b.example')).toBe('mailto:a@b.example');
    expect(safeHref('javascript:alert(1)')).toBeNull();
    expect(safeHref('data:text/html,x')).toBeNull();
    expect(safeHref('//example.com')).toBeNull();
  });
});

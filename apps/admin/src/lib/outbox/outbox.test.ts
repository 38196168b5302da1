import type { Refusal } from '@sala/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterSending,
  going,
  heads,
  isDue,
  lineBefore,
  MAX_TRIES,
  nextDueAt,
  type OutboxEntry,
  type OutboxState,
} from './outbox.ts';

const refused = (refusal: Refusal) => ({ type: 'refused', refusal }) as const;
const at = { now: 1_000, chance: 1 };
const anEntry = (order: number, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  messageId: `m${order}`,
  operatorId: 'nok',
  conversationId: 'c1',
  content: { type: 'text', text: 'hello' },
  keptAt: 0,
  order,
  tries: 0,
  state: { type: 'kept' },
  ...more,
});
const waiting = (until: number): OutboxState => ({ type: 'waiting', until, problem: { type: 'unreachable' } });
const stopped: OutboxState = { type: 'stopped', problem: refused({ code: 'SESSION_CLOSED' }) };

describe('Outbox (OU)', () => {
  it('[OU3] a message that came to nothing goes again, 3 times, after pauses that grow (D3)', () => {
    const again = (tries: number, chance: number) =>
      afterSending({ tries }, { type: 'unreachable' }, { now: 0, chance });

    expect(again(0, 0)).toMatchObject({ type: 'stays', tries: 1, state: { type: 'waiting', until: 2_000 } });
    expect(again(0, 1)).toMatchObject({ state: { until: 4_000 } });
    expect(again(1, 0)).toMatchObject({ tries: 2, state: { until: 8_000 } });
    expect(again(1, 1)).toMatchObject({ tries: 2, state: { until: 16_000 } });
    expect(again(MAX_TRIES - 1, 1)).toMatchObject({ tries: MAX_TRIES, state: { type: 'stopped' } });
  });

  it.each([
    ['NOT_YOURS', refused({ code: 'NOT_YOURS', operatorId: 'haruka' })],
    ['SESSION_CLOSED', refused({ code: 'SESSION_CLOSED' })],
    ['INVALID', refused({ code: 'INVALID', issues: [] })],
    ['NOT_ALLOWED', refused({ code: 'NOT_ALLOWED' })],
    ['NOT_FOUND', refused({ code: 'NOT_FOUND' })],
    ['TOO_LARGE', refused({ code: 'TOO_LARGE' })],
  ])('[OU5] %s stops it for good, with the reason (D3)', (_code, outcome) => {
    expect(afterSending({ tries: 0 }, outcome, at)).toEqual({
      type: 'stays',
      tries: 0,
      state: { type: 'stopped', problem: outcome },
    });
  });

  it('[OU3] being asked to slow down is no try, and the server says for how long (C4)', () => {
    const outcome = refused({ code: 'RATE_LIMITED', retryAfterMs: 3_000 });

    expect(afterSending({ tries: 2 }, outcome, at)).toMatchObject({
      tries: 2,
      state: { type: 'waiting', until: 4_000 },
    });
  });

  it('[OU3] a server without its database is left alone for as long as it asks', () => {
    const outcome = refused({ code: 'UNAVAILABLE', retryAfterMs: 9_000 });

    expect(afterSending({ tries: 0 }, outcome, at)).toMatchObject({ tries: 1, state: { until: 10_000 } });
  });

  it('[OU6] without a sign-in nothing is decided about it', () => {
    for (const code of ['NOT_SIGNED_IN', 'SIGNED_OUT'] as const) {
      expect(afterSending({ tries: 1 }, refused({ code }), at)).toEqual({ type: 'signedOut' });
    }
  });

  it('[OU4] the foremost of a conversation goes; what waits or has stopped holds back what is behind it (D3)', () => {
    const entries = [
      anEntry(1, { state: waiting(5_000) }),
      anEntry(2),
      anEntry(3, { conversationId: 'c2' }),
      anEntry(4, { conversationId: 'c3', state: stopped }),
      anEntry(5, { conversationId: 'c3' }),
    ];
    const due = (now: number) =>
      heads(entries)
        .filter((head) => isDue(head, now))
        .map((head) => head.messageId);

    expect(due(1_000)).toEqual(['m3']);
    expect(due(5_000)).toEqual(['m1', 'm3']);
    expect(nextDueAt(entries, 1_000)).toBe(5_000);
    expect(nextDueAt(entries, 5_000)).toBeNull();
    expect(lineBefore(entries[1]!, entries)).toEqual({ place: 2, heldBy: null });
    expect(lineBefore(entries[4]!, entries)).toEqual({ place: 2, heldBy: refused({ code: 'SESSION_CLOSED' }) });
    expect(going(entries).map(({ messageId }) => messageId)).toEqual(['m1', 'm2', 'm3']);
  });

  it('[OU4] a sending that its page did not live to see is due after a minute, and so is a wait after the clock was set back', () => {
    const asked = anEntry(1, { state: { type: 'sending', since: 0 } });

    expect(isDue(asked, 59_000)).toBe(false);
    expect(isDue(asked, 60_000)).toBe(true);
    expect(isDue(anEntry(1, { state: waiting(10_000_000) }), 0)).toBe(true);
  });

  it('[OU3] whatever happens, it is decided within its tries and every pause has an end (D3)', () => {
    const anyRefusal = fc.constantFrom<Refusal>(
      { code: 'UNAVAILABLE', retryAfterMs: 1e12 },
      { code: 'NOT_IN_ROOM' },
      { code: 'RATE_LIMITED', retryAfterMs: 0 },
      { code: 'RATE_LIMITED', retryAfterMs: 1e12 },
    );
    const anyOutcome = fc.oneof(
      anyRefusal.map(refused),
      fc.constant({ type: 'unreachable' } as const),
      fc.constant({ type: 'fault', correlationId: null } as const),
    );
    const anyTries = fc.integer({ min: 0, max: MAX_TRIES - 1 });
    const anyChance = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(anyTries, anyOutcome, anyChance, (tries, outcome, chance) => {
        const verdict = afterSending({ tries }, outcome, { now: 0, chance });
        if (verdict.type !== 'stays') throw new Error(verdict.type);

        const isTry = outcome.type !== 'refused' || outcome.refusal.code !== 'RATE_LIMITED';
        const after = tries + (isTry ? 1 : 0);
        expect([verdict.tries, verdict.state.type]).toEqual([after, after < MAX_TRIES ? 'waiting' : 'stopped']);
        const pauseMs = verdict.state.type === 'waiting' ? verdict.state.until : 500;
        expect(pauseMs).toBeGreaterThanOrEqual(500);
        expect(pauseMs).toBeLessThanOrEqual(60_000);
      }),
    );
  });
});

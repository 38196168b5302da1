import { describe, expect, it } from 'vitest';
import { type Connection, connectionAfter, type Heard, isVouched } from './connection.ts';

const AT = 1_000_000;
const connecting: Connection = { type: 'connecting', since: AT, attempt: 0 };
const live: Connection = { type: 'live', since: AT, via: 'socket' };

/** What is heard, each so many seconds after the last. */
function after(held: Connection, ...happened: [afterS: number, heard: Heard][]): Connection {
  let now = AT;
  return happened.reduce((state, [afterS, heard]) => {
    now += afterS * 1000;
    return connectionAfter(state, heard, now);
  }, held);
}

const closed = (attempt: number, inS: number, isGoodbye = false): Heard => ({
  type: 'closed',
  attempt,
  until: AT + inS * 1000,
  isGoodbye,
});

describe('the state of the connection (D1)', () => {
  it('[LV1] is live with the first word, and says over what', () => {
    expect(after(connecting, [1, { type: 'opened', via: 'socket' }])).toEqual({ ...live, since: AT + 1_000 });
    expect(after(live, [5, { type: 'opened', via: 'polling' }])).toEqual({ ...live, via: 'polling' });
  });

  it('[LV1] says which try it is and when the next one begins, and keeps since when it is lost', () => {
    const waiting = after(live, [2, closed(1, 3)]);
    expect(waiting).toEqual({ type: 'reconnecting', since: AT + 2_000, attempt: 1, until: AT + 3_000 });
    const trying = connectionAfter(waiting, { type: 'dialled', attempt: 1 }, AT + 3_000);
    expect(trying).toEqual({ type: 'reconnecting', since: AT + 2_000, attempt: 1, until: null });
    expect(connectionAfter(trying, { type: 'opened', via: 'socket' }, AT + 4_000).type).toBe('live');
  });

  it('[LV1] is offline after 15 s, still counts its tries, and is live with the next word', () => {
    const lost = after(live, [0, closed(1, 1)], [14, { type: 'ticked' }]);
    expect(lost.type).toBe('reconnecting');
    const offline = connectionAfter(lost, { type: 'ticked' }, AT + 15_000);
    expect(offline).toEqual({ type: 'offline', since: AT, attempt: 1, until: AT + 1_000 });
    const again = connectionAfter(offline, closed(4, 40), AT + 20_000);
    expect(again).toEqual({ type: 'offline', since: AT, attempt: 4, until: AT + 40_000 });
    expect(connectionAfter(again, { type: 'opened', via: 'socket' }, AT + 41_000).type).toBe('live');
  });

  it('[LV1] is offline at once when the device says so, and nothing but a sign of life ends that', () => {
    const offline = after(live, [1, { type: 'outOfReach', since: AT + 1_000 }]);
    expect(offline.type).toBe('offline');
    expect(after(offline, [1, { type: 'doubted', via: 'socket', since: AT }])).toBe(offline);
    expect(after(offline, [1, { type: 'ticked' }])).toBe(offline);
  });

  it('[LV1] is stale while the server is silent, since its last word', () => {
    const stale = after(live, [14, { type: 'doubted', via: 'socket', since: AT + 1_000 }]);
    expect(stale).toEqual({ type: 'stale', since: AT + 1_000, via: 'socket' });
    expect(after(stale, [60, { type: 'ticked' }])).toBe(stale);
    expect(after(stale, [1, { type: 'opened', via: 'socket' }]).type).toBe('live');
    expect(after(stale, [1, closed(1, 2)])).toMatchObject({ type: 'reconnecting', since: AT + 1_000 });
  });

  it('[LV1] tells a goodbye from a break', () => {
    expect(after(live, [1, closed(1, 4, true)])).toEqual({
      type: 'draining',
      since: AT + 1_000,
      attempt: 1,
      until: AT + 4_000,
    });
  });

  it('[LV1] stays signed out, or shut out, until somebody signs in, whatever a last socket says', () => {
    for (const type of ['signedOut', 'revoked'] as const) {
      const out = after(live, [1, { type }]);
      expect(out).toEqual({ type, since: AT + 1_000 });
      expect(after(out, [1, { type: 'opened', via: 'socket' }], [1, closed(1, 1)], [20, { type: 'ticked' }])).toBe(out);
      expect(after(out, [1, { type: 'began' }]).type).toBe('connecting');
    }
  });

  it('[LV1] is the same object when nothing changed, so that nothing is drawn again', () => {
    expect(after(live, [1, { type: 'opened', via: 'socket' }], [1, { type: 'ticked' }])).toBe(live);
    const stale: Connection = { type: 'stale', since: AT, via: 'socket' };
    expect(after(stale, [1, { type: 'doubted', via: 'socket', since: AT }])).toBe(stale);
  });

  it('[LV2] vouches for the screen only while it is live, or has just been opened', () => {
    const states: Connection[] = [
      connecting,
      live,
      { type: 'stale', since: AT, via: 'socket' },
      { type: 'reconnecting', since: AT, attempt: 1, until: null },
      { type: 'draining', since: AT, attempt: 1, until: AT },
      { type: 'offline', since: AT, attempt: 1, until: AT },
      { type: 'signedOut', since: AT },
      { type: 'revoked', since: AT },
    ];
    expect(states.filter(isVouched).map(({ type }) => type)).toEqual(['connecting', 'live']);
  });
});

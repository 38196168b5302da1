import { describe, expect, it } from 'vitest';
import type { Connection } from '../../lib/live/connection.ts';
import { ageSeconds, isWaiting, isWorthAPlace, shown } from './shown.ts';

const SINCE = 1_000_000;
const words = (connection: Connection, health: 'whole' | 'degraded' = 'whole', afterMs = 5_000) =>
  shown(connection, health, SINCE + afterMs);
const live = (via: 'socket' | 'sse' | 'polling'): Connection => ({ type: 'live', since: SINCE, via });

describe('what the mark of the connection says (D1)', () => {
  it('[LV11] names the way, and that the server does not hear the others', () => {
    expect(words(live('socket'))).toEqual({ word: 'live', lamp: 'live', alsoPath: null });
    expect(words(live('sse'))).toMatchObject({ word: 'liveSse', lamp: 'slow' });
    expect(words(live('polling'))).toMatchObject({ word: 'livePolling', lamp: 'slow' });
    expect(words(live('socket'), 'degraded')).toEqual({ word: 'degraded', lamp: 'slow', alsoPath: null });
    expect(words(live('polling'), 'degraded')).toEqual({ word: 'degraded', lamp: 'slow', alsoPath: 'livePolling' });
  });

  it('[LV11] says nothing of a break of less than 1.5 s, and offers a try after it', () => {
    const lost: Connection = { type: 'reconnecting', since: SINCE, attempt: 1, until: null };
    expect([words(lost, 'whole', 1_400).word, isWaiting(lost, SINCE + 1_400)]).toEqual(['live', false]);
    expect([words(lost, 'whole', 1_500).word, isWaiting(lost, SINCE + 1_500)]).toEqual(['joining', true]);
  });

  it('[LV11] keeps the way, and that the server does not hear the others, through a short break', () => {
    const behind: Connection = { type: 'stale', since: SINCE, via: 'polling' };
    expect(words(behind, 'whole', 1_400)).toEqual({ word: 'livePolling', lamp: 'slow', alsoPath: null });
    expect(words(behind, 'degraded', 1_400)).toMatchObject({ word: 'degraded', alsoPath: 'livePolling' });
    const lost: Connection = { type: 'reconnecting', since: SINCE, attempt: 1, until: null };
    expect(words(lost, 'degraded', 1_400)).toMatchObject({ word: 'degraded', lamp: 'slow' });
  });

  it('[LV11] says the age of the last sign of life also when the line breaks, and how far a list is behind', () => {
    const now = SINCE / 1000 + 1;
    const lost: Connection = { type: 'reconnecting', since: SINCE, attempt: 1, until: null };
    expect(ageSeconds(live('socket'), SINCE - 7_000, now)).toBe(8);
    expect(ageSeconds(lost, SINCE - 7_000, now)).toBe(8);
    expect(ageSeconds({ ...lost, type: 'offline' }, SINCE - 7_000, now)).toBe(8);
    expect(ageSeconds({ type: 'stale', since: SINCE - 4_000, via: 'socket' }, SINCE, now)).toBe(5);
    expect(ageSeconds({ type: 'connecting', since: SINCE, attempt: 0 }, 0, now)).toBe(1);
  });

  it('[LV11] has a place in the room of a phone when not all is well, or a new version waits', () => {
    const placed = (connection: Connection, health?: 'degraded', isNewBuild = false) =>
      isWorthAPlace(shown(connection, health ?? 'whole', SINCE + 5_000), isNewBuild);
    expect([placed(live('socket')), placed(live('socket'), undefined, true)]).toEqual([false, true]);
    expect([placed(live('polling')), placed(live('sse')), placed(live('socket'), 'degraded')]).toEqual(
      Array(3).fill(true),
    );
    expect(placed({ type: 'stale', since: SINCE, via: 'socket' })).toBe(true);
  });

  it('[LV11] has a word for every other state, and offers a try where one can be hurried', () => {
    const states: Connection[] = [
      { type: 'stale', since: SINCE, via: 'socket' },
      { type: 'offline', since: SINCE, attempt: 3, until: null },
      { type: 'draining', since: SINCE, attempt: 1, until: SINCE },
      { type: 'signedOut', since: SINCE },
      { type: 'revoked', since: SINCE },
    ];
    expect(states.map((state) => words(state).word)).toEqual(['stale', 'offline', 'draining', 'signedOut', 'revoked']);
    expect(states.filter((state) => isWaiting(state, SINCE + 5_000)).map(({ type }) => type)).toEqual([
      'stale',
      'offline',
    ]);
  });
});

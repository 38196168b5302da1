import type { DeskHealth } from '@sala/contracts';
import type { Connection, Via } from '../../lib/live/connection.ts';

/** A break that is over sooner is not worth a word. */
export const WORTH_A_WORD_MS = 1_500;

/** What the mark says: its word, its lamp, and the slower path that it has no room to name. */
export interface Shown {
  word:
    | 'live'
    | 'liveSse'
    | 'livePolling'
    | 'degraded'
    | 'joining'
    | 'stale'
    | 'offline'
    | 'draining'
    | 'signedOut'
    | 'revoked';
  lamp: 'live' | 'slow' | 'alert';
  alsoPath: 'liveSse' | 'livePolling' | null;
}

export function shown(connection: Connection, health: DeskHealth, now: number): Shown {
  const alert = (word: Shown['word']): Shown => ({ word, lamp: 'alert', alsoPath: null });
  // Only a socket is lost as a whole: what breaks below one stays on its way.
  if (isShort(connection, now)) return live('via' in connection ? connection.via : 'socket', health);
  switch (connection.type) {
    case 'live':
      return live(connection.via, health);
    case 'connecting':
    case 'reconnecting':
      return alert('joining');
    case 'stale':
    case 'draining':
    case 'offline':
    case 'signedOut':
    case 'revoked':
      return alert(connection.type);
  }
}

function live(via: Via, health: DeskHealth): Shown {
  const path = PATHS[via];
  if (health === 'degraded') return { word: 'degraded', lamp: 'slow', alsoPath: path };
  return path ? { word: path, lamp: 'slow', alsoPath: null } : { word: 'live', lamp: 'live', alsoPath: null };
}

/**
 * The figure beside the word, in seconds: the age of the last sign of life. `second` is the second it is now. A list
 * may be behind while the server still speaks: it is as old as that.
 */
export function ageSeconds(connection: Connection, heardAt: number, second: number): number {
  const { type, since } = connection;
  const at = type === 'live' ? heardAt : type === 'connecting' ? since : Math.min(since, heardAt);
  return Math.max(0, second - Math.floor(at / 1000));
}

/** Whether the mark says more than that all is well: on a phone an open room then makes it a place. */
export const isWorthAPlace = (state: Shown, isNewBuild: boolean): boolean => state.word !== 'live' || isNewBuild;

const PATHS = { socket: null, sse: 'liveSse', polling: 'livePolling' } as const;

/** Whether the next try can be hurried, and has been waited for. */
export const isWaiting = (connection: Connection, now: number): boolean =>
  (connection.type === 'reconnecting' || connection.type === 'offline' || connection.type === 'stale') &&
  !isShort(connection, now);

function isShort(connection: Connection, now: number): boolean {
  switch (connection.type) {
    case 'connecting':
    case 'reconnecting':
    case 'stale':
    case 'draining':
      return now - connection.since < WORTH_A_WORD_MS;
    case 'live':
    case 'offline':
    case 'signedOut':
    case 'revoked':
      return false;
  }
}

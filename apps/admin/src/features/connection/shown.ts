import type { DeskHealth } from '@sala/contracts';
import type { Connection } from '../../lib/live/connection.ts';

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
  if (isShort(connection, now)) return LIVE;
  switch (connection.type) {
    case 'live': {
      const path = PATHS[connection.via];
      if (health === 'degraded') return { word: 'degraded', lamp: 'slow', alsoPath: path };
      return path ? { word: path, lamp: 'slow', alsoPath: null } : LIVE;
    }
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

const LIVE: Shown = { word: 'live', lamp: 'live', alsoPath: null };
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

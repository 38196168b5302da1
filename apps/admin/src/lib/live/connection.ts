import { useSyncExternalStore } from 'react';

/** How what happens reaches this page: over a WebSocket, over server-sent events, or by asking every few seconds. */
export type Via = 'socket' | 'sse' | 'polling';

/** The state of the live connection. Times are milliseconds of this device; `since` is when the state began to matter. */
export type Connection =
  | { type: 'connecting'; since: number; attempt: number }
  | { type: 'live'; since: number; via: Via }
  /** Connected, but silent for too long, or with a list that is being read again. `since` is the last sign of life. */
  | { type: 'stale'; since: number; via: Via }
  /** Lost `since` then. `until` is when the next try begins, null while one is on its way. */
  | { type: 'reconnecting'; since: number; attempt: number; until: number | null }
  /** Lost for long, or the device says so. It goes on trying all the same. */
  | { type: 'offline'; since: number; attempt: number; until: number | null }
  /** The server said goodbye; another one answers soon. */
  | { type: 'draining'; since: number; attempt: number; until: number }
  | { type: 'signedOut'; since: number }
  /** This operator may not be here any more. */
  | { type: 'revoked'; since: number };

/** What happened to the line, to the device or to the sign-in. */
export type Heard =
  | { type: 'dialled'; attempt: number }
  | { type: 'opened'; via: Via }
  | { type: 'doubted'; via: Via; since: number }
  | { type: 'closed'; attempt: number; until: number; isGoodbye: boolean }
  /** The device says that it is offline, or nobody was heard for long. */
  | { type: 'outOfReach'; since: number }
  | { type: 'ticked' }
  | { type: 'signedOut' }
  | { type: 'revoked' }
  /** Somebody has signed in, or the desk was opened: everything begins. */
  | { type: 'began' };

/** How long a broken connection is called "joining" before it is called offline. */
export const OFFLINE_AFTER_MS = 15_000;

/** What the connection is after something was heard. The same object when nothing changed. */
export function connectionAfter(held: Connection, heard: Heard, now: number): Connection {
  if (heard.type === 'began') return { type: 'connecting', since: now, attempt: 0 };
  // These two end with a sign-in, and not with whatever the last socket still says.
  if (held.type === 'signedOut' || held.type === 'revoked') return held;
  switch (heard.type) {
    case 'dialled':
      return dialled(held, heard.attempt, now);
    case 'opened':
      if (held.type === 'live') return held.via === heard.via ? held : { ...held, via: heard.via };
      return { type: 'live', since: now, via: heard.via };
    case 'doubted': {
      // What is offline stays so until somebody is heard again.
      if (held.type === 'offline') return held;
      const { via, since } = heard;
      return held.type === 'stale' && held.via === via && held.since === since ? held : { type: 'stale', since, via };
    }
    case 'closed': {
      const { attempt, until, isGoodbye } = heard;
      if (held.type === 'offline') return { ...held, attempt, until };
      const since = held.type === 'live' ? now : held.since;
      return { type: isGoodbye ? 'draining' : 'reconnecting', since, attempt, until };
    }
    case 'outOfReach':
      return held.type === 'offline' ? held : offline(held, heard.since);
    case 'ticked':
      return isDown(held) && now - held.since >= OFFLINE_AFTER_MS ? offline(held, held.since) : held;
    case 'signedOut':
    case 'revoked':
      return { type: heard.type, since: now };
  }
}

type Open = Exclude<Connection, { type: 'signedOut' | 'revoked' }>;

const isDown = (held: Open): boolean =>
  held.type === 'connecting' || held.type === 'reconnecting' || held.type === 'draining';

const attemptOf = (held: Open): number => ('attempt' in held ? held.attempt : 0);

function offline(held: Open, since: number): Connection {
  return { type: 'offline', since, attempt: attemptOf(held), until: 'until' in held ? held.until : null };
}

function dialled(held: Open, attempt: number, now: number): Connection {
  switch (held.type) {
    case 'connecting':
      return held.attempt === attempt ? held : { ...held, attempt };
    case 'offline':
      return { ...held, attempt, until: null };
    case 'live':
    case 'stale':
    case 'reconnecting':
    case 'draining':
      return { type: 'reconnecting', since: held.type === 'live' ? now : held.since, attempt, until: null };
  }
}

let connection: Connection = { type: 'connecting', since: Date.now(), attempt: 0 };
const listeners = new Set<() => void>();

/** Tells the one connection of this page what happened. */
export function tellConnection(heard: Heard): void {
  const next = connectionAfter(connection, heard, Date.now());
  if (next === connection) return;
  connection = next;
  listeners.forEach((each) => each());
}

/** What is noticed outside the line: by a call, by another tab, by the sign-in form. */
export const connectionHeard = {
  signedOut: () => tellConnection({ type: 'signedOut' }),
  signedIn: () => tellConnection({ type: 'began' }),
};

export function listenToConnection(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const currentConnection = (): Connection => connection;

export const useConnection = (): Connection => useSyncExternalStore(listenToConnection, currentConnection);

/** Whether what the screen shows can be vouched for. Numbers go grey when not. */
export const isVouched = (state: Connection): boolean => state.type === 'live' || state.type === 'connecting';

/** Acts on a session wait while the screen may show an old one: nobody claims, passes on or closes blind. */
export const useMayAct = (): boolean => isVouched(useConnection());

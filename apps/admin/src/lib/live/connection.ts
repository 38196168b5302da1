import { useSyncExternalStore } from 'react';

/** The state of the live connection. `since` is when it began, in milliseconds of this device. */
export type Connection =
  | { type: 'connecting'; since: number }
  | { type: 'live'; since: number }
  | { type: 'reconnecting'; since: number }
  | { type: 'offline'; since: number }
  | { type: 'signedOut'; since: number };

/** How long a broken connection is called "joining" before it is called offline. */
const OFFLINE_AFTER_MS = 15_000;

let connection: Connection = { type: 'connecting', since: Date.now() };
let offlineTimer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function become(type: Connection['type'], since = Date.now()): void {
  if (connection.type === type) return;
  clearTimeout(offlineTimer);
  connection = { type, since };
  if (type === 'reconnecting' || type === 'connecting') {
    offlineTimer = setTimeout(() => become('offline', since), OFFLINE_AFTER_MS);
  }
  listeners.forEach((each) => each());
}

/** What happened to the socket or to the sign-in. */
export const connectionHeard = {
  opened: () => {
    // A socket that is about to be refused opens first.
    if (connection.type !== 'signedOut') become('live');
  },
  lost: () => {
    // Signed out ends with a sign-in, and offline with an open socket: not with another failed try.
    if (connection.type === 'signedOut' || connection.type === 'offline') return;
    become(connection.type === 'connecting' ? 'connecting' : 'reconnecting');
  },
  signedOut: () => become('signedOut'),
  signedIn: () => become('connecting'),
  deviceOffline: () => {
    if (connection.type !== 'signedOut') become('offline');
  },
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

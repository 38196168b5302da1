import type { AppRouter } from '@sala/api/router';
import { httpSubscriptionLink } from '@trpc/client';
import { currentConnection, listenToConnection, tellConnection } from './connection.ts';
import { heardEventSource } from './heardEventSource.ts';
import { tellIdentityChanged } from './identity.ts';
import { Line } from './line.ts';
import { pollingLink } from './pollingLink.ts';
import { probe } from './probe.ts';
import { dial } from './socket.ts';
import { holdStreams } from './streamRight.ts';

const heard = () => line.heard();
const eventSource = heardEventSource({ heard, began: () => line.streamBegan() });

/** The line of this page. */
export const line: Line = new Line({
  dial: (ears) => dial(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/trpc`, ears),
  sse:
    eventSource && httpSubscriptionLink<AppRouter, typeof EventSource>({ url: '/trpc', EventSource: eventSource })({}),
  polling: pollingLink({ url: '/trpc', heard })({}),
  holdStreams,
  probe,
  tell: tellConnection,
  identityChanged: tellIdentityChanged,
  isVisible: () => document.visibilityState === 'visible',
  chance: Math.random,
});

window.addEventListener('online', () => line.nudge('device'));
window.addEventListener('offline', () => line.deviceOffline());
window.addEventListener('focus', () => line.nudge('device'));
document.addEventListener('visibilitychange', () => line.visibilityChanged());

// Any call, another tab and the sign-in form may be the first to notice.
listenToConnection(() => {
  const { type } = currentConnection();
  if (type === 'signedOut' || type === 'revoked') line.end();
  if (type === 'connecting') line.beginAgain();
});

/** When the server was last heard, be it an event or the answer to a check. */
export const lastHeardAt = (): number => line.heardAt;

/** Somebody does not want to wait for the next try. */
export const tryNow = (): void => line.nudge('hand');

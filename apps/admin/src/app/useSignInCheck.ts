import { useEffect } from 'react';
import { onSignedOutElsewhere } from '../lib/desk/signIn.ts';
import { api } from '../lib/live/api.ts';
import { connectionHeard, useConnection } from '../lib/live/connection.ts';
import { isSignedOut } from '../lib/problem.ts';

/** How often a desk that cannot connect asks whether it is still signed in. */
const CHECK_MS = 5_000;

/** A socket that is refused for a sign-in that has ended looks like any other that fails: only a call can tell. */
export function useSignInCheck(): void {
  const { type } = useConnection();
  useEffect(() => onSignedOutElsewhere(() => connectionHeard.signedOut()), []);
  const isDown = type === 'connecting' || type === 'reconnecting' || type === 'offline';

  useEffect(() => {
    if (!isDown) return;
    const check = setInterval(() => {
      api.me.get.query().catch((error: unknown) => {
        if (isSignedOut(error)) connectionHeard.signedOut();
      });
    }, CHECK_MS);
    return () => clearInterval(check);
  }, [isDown]);
}

import { useEffect } from 'react';
import { onSignedOutElsewhere } from '../lib/desk/signIn.ts';
import { connectionHeard } from '../lib/live/connection.ts';

/** Another tab has signed out: this one hears it at once, and not with its next call. */
export const useSignInCheck = (): void => useEffect(() => onSignedOutElsewhere(connectionHeard.signedOut), []);

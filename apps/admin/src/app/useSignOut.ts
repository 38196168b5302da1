import { useState } from 'react';
import { forgetDrafts } from '../lib/desk/drafts.ts';
import { signOut } from '../lib/desk/signIn.ts';

/** Signs out and forgets everything this page holds. When the server was not reached, it says so: the sign-in still stands. */
export function useSignOut() {
  const [failed, setFailed] = useState(false);
  const leave = async () => {
    const isOut = await signOut();
    setFailed(!isOut);
    // A new page is the surest way to keep nothing of the old one.
    if (!isOut) return;
    forgetDrafts();
    location.assign('/sign-in');
  };
  return { signOut: () => void leave(), failed };
}

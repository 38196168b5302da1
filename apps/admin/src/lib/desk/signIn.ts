/** What an attempt to sign in came to. */
export type SignInResult = 'ok' | 'wrong' | 'throttled' | 'unreachable';

export async function signIn(email: string, password: string): Promise<SignInResult> {
  const response = await post('/api/auth/sign-in/email', { email, password });
  if (!response) return 'unreachable';
  if (response.ok) return 'ok';
  if (response.status === 429) return 'throttled';
  return response.status < 500 ? 'wrong' : 'unreachable';
}

/** The other tabs of this browser: they share the sign-in. */
const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('sala.signedOut');

/** Ends the sign-in, in every tab. False when the server was not reached: it still stands then. */
export async function signOut(): Promise<boolean> {
  const isOut = (await post('/api/auth/sign-out', {}))?.ok ?? false;
  // A channel reaches this origin only: it takes no target.
  // eslint-disable-next-line unicorn/require-post-message-target-origin
  if (isOut) tabs?.postMessage(null);
  return isOut;
}

/** Calls `hear` when another tab has signed out. */
export function onSignedOutElsewhere(hear: () => void): () => void {
  tabs?.addEventListener('message', hear);
  return () => tabs?.removeEventListener('message', hear);
}

async function post(path: string, body: object): Promise<Response | null> {
  try {
    return await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    return null;
  }
}

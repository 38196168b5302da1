import { onTabNews, tellTabs } from './tabs.ts';

/** What an attempt to sign in came to. */
export type SignInResult = 'ok' | 'wrong' | 'throttled' | 'unreachable';

export async function signIn(email: string, password: string): Promise<SignInResult> {
  const response = await post('/api/auth/sign-in/email', { email, password });
  if (!response) return 'unreachable';
  if (response.ok) return 'ok';
  if (response.status === 429) return 'throttled';
  return response.status < 500 ? 'wrong' : 'unreachable';
}

/** Ends the sign-in, in every tab. False when the server was not reached: it still stands then. */
export async function signOut(): Promise<boolean> {
  const isOut = (await post('/api/auth/sign-out', {}))?.ok ?? false;
  if (isOut) tellTabs({ type: 'signedOut' });
  return isOut;
}

/** Calls `hear` when another tab has signed out. */
export const onSignedOutElsewhere = (hear: () => void): (() => void) =>
  onTabNews((news) => {
    if (news.type === 'signedOut') hear();
  });

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

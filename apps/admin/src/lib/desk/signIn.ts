import { onTabNews, tellTabs } from './tabs.ts';

/** What an attempt to sign in came to. `secondStep`: the password is right, and a code is asked for. */
export type SignInResult = 'ok' | 'secondStep' | 'wrong' | 'throttled' | 'unreachable';

export async function signIn(email: string, password: string): Promise<SignInResult> {
  const response = await post('/api/auth/sign-in/email', { email, password });
  const result = resultOf(response);
  if (result !== 'ok') return result;
  const answer: unknown = await response?.json().catch(() => null);
  const asksForCode = typeof answer === 'object' && answer !== null && 'twoFactorRedirect' in answer;
  return asksForCode && answer.twoFactorRedirect === true ? 'secondStep' : 'ok';
}

/** The second step: a code of the authenticator app, or one that was kept for the day it is lost. */
export async function signInWithCode(
  kind: 'app' | 'backup',
  code: string,
): Promise<Exclude<SignInResult, 'secondStep'>> {
  const path = kind === 'app' ? 'verify-totp' : 'verify-backup-code';
  return resultOf(await post(`/api/auth/two-factor/${path}`, { code }));
}

/** Where to go to sign in with `providerId`, and come back to `callbackURL`; null when the server does not say. */
export async function oidcAddress(providerId: string, callbackURL: string): Promise<string | null> {
  const response = await post('/api/auth/sign-in/oauth2', { providerId, callbackURL, errorCallbackURL: '/sign-in' });
  if (!response?.ok) return null;
  const answer: unknown = await response.json().catch(() => null);
  return typeof answer === 'object' && answer !== null && 'url' in answer && typeof answer.url === 'string'
    ? answer.url
    : null;
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

function resultOf(response: Response | null): Exclude<SignInResult, 'secondStep'> {
  if (!response) return 'unreachable';
  if (response.ok) return 'ok';
  if (response.status === 429) return 'throttled';
  return response.status < 500 ? 'wrong' : 'unreachable';
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

/** What an attempt to sign in came to. */
export type SignInResult = 'ok' | 'wrong' | 'throttled' | 'unreachable';

export async function signIn(email: string, password: string): Promise<SignInResult> {
  const response = await post('/api/auth/sign-in/email', { email, password });
  if (!response) return 'unreachable';
  if (response.ok) return 'ok';
  if (response.status === 429) return 'throttled';
  return response.status < 500 ? 'wrong' : 'unreachable';
}

/** Ends the sign-in. Unreachable is no reason to stay: the page forgets everything either way. */
export const signOut = async (): Promise<boolean> => (await post('/api/auth/sign-out', {}))?.ok ?? false;

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

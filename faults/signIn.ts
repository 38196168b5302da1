/** Where the desk's pages come from: the same for all servers. */
export const ORIGIN = 'http://desk.test';

export const PASSWORD = 'correct horse battery staple';

/** Signs in as a browser does; answers the cookie. Throttled at 20 a minute. */
export async function signIn(port: number, email: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

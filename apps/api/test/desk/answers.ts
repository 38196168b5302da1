import type { TestDesk } from './desk.ts';
import { PASSWORD } from './desk.ts';

type Sent = { body?: object; cookie?: string | undefined };

/** Asks the sign-in for something, as a page of the desk does. */
export const askAuth = (desk: TestDesk, path: string, { body = {}, cookie }: Sent = {}): Promise<Response> =>
  fetch(`${desk.url}/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: desk.publicUrl, ...(cookie && { cookie }) },
    body: JSON.stringify(body),
  });

export const trySignIn = (desk: TestDesk, email: string, password = PASSWORD, cookie?: string): Promise<Response> =>
  askAuth(desk, 'sign-in/email', { body: { email, password }, cookie });

/** The cookies that an answer sets, as a browser sends them back. */
export const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0]!)
    .filter((cookie) => !cookie.endsWith('='))
    .join('; ');

/** What a call over HTTP answers to this cookie. */
export const callStatus = async (desk: TestDesk, cookie: string, path = 'me.get'): Promise<number> =>
  (await fetch(`${desk.url}/trpc/${path}`, { headers: { cookie } })).status;

/** Calls a mutation over HTTP, with or without a cookie; answers its data, or the refusal. */
export async function mutate(desk: TestDesk, path: string, input: unknown, cookie?: string): Promise<unknown> {
  const answer = await fetch(`${desk.url}/trpc/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: desk.publicUrl, ...(cookie && { cookie }) },
    ...(input !== undefined && { body: JSON.stringify(input) }),
  });
  const { result, error } = (await answer.json()) as {
    result?: { data: unknown };
    error?: { data: { refusal: unknown } };
  };
  return error ? error.data.refusal : result?.data;
}

/** The lines of the audit log with this action, the newest last. */
export async function auditOf(desk: TestDesk, action: string) {
  return desk.deps.db.prisma.auditEntry.findMany({ where: { action }, orderBy: { id: 'asc' } });
}

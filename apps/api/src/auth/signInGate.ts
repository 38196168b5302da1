import { Email, MAX_PASSWORD_LENGTH, type OperatorId, RefusalError } from '@sala/contracts';
import { isUnavailable } from '@sala/db';
import { z } from 'zod';
import type { AuditLine } from '../audit/auditLog.ts';
import type { Deps } from '../deps.ts';
import { KnownBrowsers, valueOf } from './knownBrowser.ts';

/** The header in which the server tells where a request came from; whatever a client sends in it is replaced. */
export const ADDRESS_HEADER = 'x-sala-address';

/** What the sign-in library says to a wrong password, and the gate to whoever may not come in. */
export const WRONG = { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' };

const SignInBody = z.strictObject({ email: z.string().max(254), password: z.string().max(MAX_PASSWORD_LENGTH) });
const CodeBody = z.strictObject({ code: z.string().min(1).max(32) });

/** What the library answers to whoever is in, or is asked for a second factor. */
const Answer = z.object({
  twoFactorRedirect: z.boolean().optional(),
  token: z.string().optional(),
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }).optional(),
});

type Options = Pick<Deps, 'db' | 'log' | 'audit' | 'tries' | 'secondFactors'> & {
  chance: (bytes: number) => Buffer;
  secretKey: string;
  prefix: string;
  attributes: { secure: boolean };
  handler: (request: Request) => Promise<Response>;
  /** Somebody is in. */
  signedIn: (operatorId: OperatorId) => Promise<void>;
};

type Visit = { request: Request; address: string | null; cookies: string | null };

/**
 * Stands before the sign-in library: reads what is sent, counts tries, and writes down what they came to. Nothing else of
 * a request reaches the library than what the step asks for.
 */
export function createSignInGate(options: Options): (request: Request) => Promise<Response> {
  const { db, audit, tries, secondFactors, prefix, handler } = options;
  const { secure } = options.attributes;
  const known = new KnownBrowsers({ ...options, name: `${prefix}sala-known` });
  const challengeCookie = `${prefix}sala-challenge`;

  /** The library's answer, without what it says of itself; with the cookie of a browser that is known from now on. */
  async function answered(answer: Response, { address }: Visit): Promise<Response> {
    const headers = new Headers();
    for (const cookie of answer.headers.getSetCookie()) headers.append('set-cookie', cookie);
    const { twoFactorRedirect, token, user } = Answer.parse(await answer.json());
    if (twoFactorRedirect || !user || !token) return Response.json({ twoFactorRedirect: true }, { headers });
    headers.append('set-cookie', known.cookieFor(user.email, secure));
    const { id: signInId } = await db.prisma.signIn.findUniqueOrThrow({ where: { token }, select: { id: true } });
    const operator = { operatorId: user.id, name: user.name };
    await options.signedIn(user.id);
    await audit.write(
      { operator, via: { type: 'signIn', signInId }, address },
      { action: 'signIn.succeeded', subject: { type: 'operator', id: user.id, name: user.name } },
    );
    return Response.json({ operatorId: user.id }, { headers });
  }

  const failed = ({ address }: Visit, subject: AuditLine['subject'], step: 'password' | 'code' | 'backupCode') =>
    audit.write(
      { operator: null, via: { type: 'signIn' }, address },
      { action: 'signIn.failed', subject, after: { step } },
    );

  async function byPassword(visit: Visit): Promise<Response> {
    const body = SignInBody.safeParse(await jsonOf(visit.request));
    if (!body.success) return refused(400);
    const email = Email.safeParse(body.data.email);
    if (!email.success) return Response.json(WRONG, { status: 401 });
    const knownBrowser = known.of(visit.cookies, email.data);
    const tried = await tries.begin('signIn', { account: email.data, address: visit.address, knownBrowser });
    const answer = await handler(passedOn(visit.request, { email: email.data, password: body.data.password }));
    if (answer.status === 401) await failed(visit, { type: 'operator', id: email.data, name: null }, 'password');
    if (answer.status !== 401) await tried.wasRight();
    if (answer.status === 401) return Response.json(WRONG, { status: 401 }); // the same to the letter, whoever says it
    return answer.ok ? answered(answer, visit) : answer;
  }

  async function byCode(visit: Visit, kind: 'totp' | 'backupCode'): Promise<Response> {
    const body = CodeBody.safeParse(await jsonOf(visit.request));
    if (!body.success) return refused(400);
    const person = await challenged(visit.cookies);
    if (!person) return refused(401);
    const knownBrowser = known.of(visit.cookies, person.email);
    const tried = await tries.begin('secondFactor', { account: person.id, address: visit.address, knownBrowser });
    // One that was used before is none to the library, either.
    const isFresh = kind === 'backupCode' || (await secondFactors.use(person.id, body.data.code));
    const answer = await handler(passedOn(visit.request, { code: isFresh ? body.data.code : 'none' }, challengeCookie));
    const subject = { type: 'operator' as const, id: person.id, name: person.name };
    if (!answer.ok) {
      await failed(visit, subject, kind === 'totp' ? 'code' : 'backupCode');
      return answer;
    }
    await tried.wasRight();
    if (kind === 'backupCode')
      await audit.write(
        { operator: { operatorId: person.id, name: person.name }, via: { type: 'system' }, address: visit.address },
        { action: 'secondFactor.backupCodeUsed', subject },
      );
    return answered(answer, visit);
  }

  /** Whose second factor is asked for in this browser. */
  async function challenged(cookies: string | null) {
    const signed = valueOf(cookies, challengeCookie);
    if (!signed) return null;
    const value = unescaped(signed);
    const identifier = value.slice(0, value.lastIndexOf('.'));
    const { rows } = await db.pool.query<{ id: string; name: string; email: string }>(
      `select o.id, o.name, o.email from "Verification" v join "Operator" o on o.id = v.value
       where v.identifier = $1 and v.identifier like '2fa-%' and v."expiresAt" > now()`,
      [identifier],
    );
    return rows[0] ?? null;
  }

  const steps: Record<string, (visit: Visit) => Promise<Response>> = {
    '/api/auth/sign-in/email': byPassword,
    '/api/auth/two-factor/verify-totp': (visit) => byCode(visit, 'totp'),
    '/api/auth/two-factor/verify-backup-code': (visit) => byCode(visit, 'backupCode'),
  };

  return async (request) => {
    const step = steps[new URL(request.url).pathname];
    if (!step) return handler(request);
    const { headers } = request;
    try {
      return await step({ request, address: headers.get(ADDRESS_HEADER), cookies: headers.get('cookie') });
    } catch (error) {
      if (error instanceof RefusalError && error.refusal.code === 'RATE_LIMITED')
        return refused(429, error.refusal.retryAfterMs);
      if (isUnavailable(error)) return refused(503, 1_000);
      throw error;
    }
  };
}

/** The request as the library gets it: what was read of it, and of the cookies only the one that it is about. */
function passedOn({ url, headers }: Request, body: object, onlyCookie?: string): Request {
  const kept = new Headers(headers);
  kept.delete('content-length');
  kept.set('content-type', 'application/json');
  kept.delete('cookie');
  const value = onlyCookie && valueOf(headers.get('cookie'), onlyCookie);
  if (value) kept.set('cookie', `${onlyCookie}=${value}`);
  return new Request(url, { method: 'POST', headers: kept, body: JSON.stringify(body) });
}

const CODES = { 400: 'INVALID', 401: 'INVALID', 429: 'RATE_LIMITED', 503: 'UNAVAILABLE' };

const refused = (status: keyof typeof CODES, retryAfterMs?: number): Response =>
  Response.json(
    { code: CODES[status] },
    { status, ...(retryAfterMs && { headers: { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) } }) },
  );

async function jsonOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return null; // what is not JSON is not what was asked for
  }
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return ''; // nobody has such a cookie from us
  }
}

import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '@sala/contracts';
import { type Database, isUnavailable } from '@sala/db';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError } from 'better-auth/api';
import type { Deps } from '../deps.ts';
import { unavailable } from '../unavailable.ts';
import type { Identity } from './identity.ts';
import { memberOf } from './member.ts';
import { hashPassword, isPassword } from './password.ts';

/** How the desk knows people. The library behind it is nobody else's business. */
export type Auth = {
  /** Who these headers belong to: the cookie of somebody signed in, or nobody. @throws UNAVAILABLE */
  identityOf: (headers: Headers) => Promise<Identity | null>;
  /** The same, and counts as use: a sign-in that has not been renewed for a while is, by the cookies that come with it. */
  identityAtWork: (headers: Headers) => Promise<{ identity: Identity | null; cookies: string[] }>;
  /** Answers `/api/auth/*`; 503 while the database is away. */
  handle: (request: Request) => Promise<Response>;
};

/** The header in which server.ts tells the sign-in library where a request came from; whatever a client sends in it is replaced. */
export const ADDRESS_HEADER = 'x-sala-address';

/** A sign-in lasts this long without use, and is renewed at most this often. */
const SIGN_IN_SECONDS = 12 * 3_600;
const RENEW_SECONDS = 15 * 60;

/** Tries at the sign-in per address and minute. */
const MAX_TRIES = 20;

export type AuthOptions = Pick<Deps, 'db' | 'log' | 'revocation'> & {
  secretKey: string;
  /** The desk's address; https makes the cookie `__Host-`. */
  publicUrl: string;
  trustedOrigins: string[];
};

export function createAuth({ db, log, revocation, secretKey, publicUrl, trustedOrigins }: AuthOptions): Auth {
  const isHttps = publicUrl.startsWith('https:');
  const auth = betterAuth({
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: secretKey,
    trustedOrigins,
    telemetry: { enabled: false },
    logger: { log: (level, message) => log[level === 'error' ? 'error' : 'debug']({ part: 'sign-in' }, message) },
    database: prismaAdapter(tellingWhenAway(db), { provider: 'postgresql' }),
    user: {
      modelName: 'operator',
      additionalFields: {
        role: { type: 'string', input: false },
        settings: { type: 'json', input: false, required: false },
      },
    },
    session: { modelName: 'signIn', expiresIn: SIGN_IN_SECONDS, updateAge: RENEW_SECONDS },
    account: { modelName: 'credential' },
    databaseHooks: {
      session: { delete: { after: async ({ id }) => revocation.ended({ signInId: id }) } },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
      password: { hash: hashPassword, verify: ({ hash, password }) => isPassword(hash, password) },
    },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 600,
      customRules: { '/sign-in/email': { window: 60, max: MAX_TRIES } },
    },
    advanced: {
      // The library would prefix __Secure- by itself; the stricter prefix forbids a domain and demands path=/.
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: isHttps ? '__Host-sala' : 'sala',
          attributes: { secure: isHttps, httpOnly: true, sameSite: 'lax', path: '/' },
        },
      },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
  });

  const identityIn = async (signedIn: SignedIn | null): Promise<Identity | null> => {
    const operator = signedIn && (await memberOf(db, signedIn.user.id));
    return operator && { operator, via: { type: 'signIn', signInId: signedIn.session.id } };
  };
  const lookUp = async (cookie: string): Promise<Identity | null> => {
    const headers = new Headers({ cookie });
    return asked(auth.api.getSession({ headers, query: { disableRefresh: true } }).then(identityIn));
  };
  const underWay = new Map<string, Promise<Identity | null>>();

  return {
    handle: (request) => auth.handler(request),
    async identityOf(headers) {
      const cookie = headers.get('cookie');
      if (!cookie) return null;
      // All tabs of a browser come back at once after a break, with one cookie.
      const known = underWay.get(cookie) ?? lookUp(cookie).finally(() => underWay.delete(cookie));
      underWay.set(cookie, known);
      return await known;
    },
    async identityAtWork(headers) {
      if (!headers.get('cookie')) return { identity: null, cookies: [] };
      const { response, headers: answer } = await asked(auth.api.getSession({ headers, returnHeaders: true }));
      return { identity: await asked(identityIn(response)), cookies: answer.getSetCookie() };
    },
  };
}

/** The library answers any error of its database with 500, but passes its own errors on: this is one of them. */
const AWAY = 'SERVICE_UNAVAILABLE';

const tellingWhenAway = ({ prisma }: Database) =>
  prisma.$extends({
    query: {
      $allOperations: async ({ args, query }) => {
        try {
          return await query(args);
        } catch (error) {
          throw isUnavailable(error) ? new APIError(AWAY) : error;
        }
      },
    },
  });

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const isAway = isUnavailable(error) || (error instanceof APIError && error.status === AWAY);
    throw isAway ? unavailable() : error;
  }
}

type SignedIn = { session: { id: string }; user: { id: string } };

import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '@sala/contracts';
import { type Database, isUnavailable } from '@sala/db';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Deps } from '../deps.ts';
import { unavailable } from '../unavailable.ts';
import type { Identity } from './identity.ts';
import { memberOf } from './member.ts';
import { ADDRESS_HEADER, createSignInGate, WRONG } from './signInGate.ts';
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

/** A sign-in lasts this long without use, and is renewed at most this often. */
const SIGN_IN_SECONDS = 12 * 3_600;
const RENEW_SECONDS = 15 * 60;

/** However much it is used: then one signs in again. */
export const SIGN_IN_FOR_MS = 7 * 24 * 3_600_000;

/** Browsers one person is signed in with. The one that was idle the longest gives way. */
export const MAX_SIGN_INS = 20;

export type AuthOptions = Pick<
  Deps,
  'db' | 'log' | 'clock' | 'chance' | 'revocation' | 'audit' | 'tries' | 'secondFactors'
> & {
  secretKey: string;
  /** The desk's address; https makes the cookie `__Host-`. */
  publicUrl: string;
  trustedOrigins: string[];
};

export function createAuth(options: AuthOptions): Auth {
  const { db, log, clock, revocation, secretKey, publicUrl, trustedOrigins } = options;
  const isHttps = publicUrl.startsWith('https:');
  const prefix = isHttps ? '__Host-' : '';
  const attributes = { secure: isHttps, httpOnly: true, sameSite: 'lax', path: '/' } as const;
  const maySignIn = async (operatorId: string) =>
    (await db.prisma.operator.count({ where: { id: operatorId, banned: false, service: false } })) === 1;
  const giveWay = async (operatorId: string) => {
    const { rows } = await db.pool.query<{ id: string }>(
      `delete from "SignIn" where id in (
         select id from "SignIn" where "userId" = $1 order by "updatedAt" desc, id offset $2
       ) returning id`,
      [operatorId, MAX_SIGN_INS],
    );
    for (const { id } of rows) revocation.ended({ signInId: id });
  };
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
      session: {
        create: {
          before: async ({ userId }) => {
            if (!(await maySignIn(userId))) throw new APIError('UNAUTHORIZED', WRONG);
          },
        },
        delete: { after: async ({ id }) => revocation.ended({ signInId: id }) },
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
      password: { hash: hashPassword, verify: ({ hash, password }) => isPassword(hash, password) },
    },
    // The gate counts, over all servers.
    rateLimit: { enabled: false },
    plugins: [
      twoFactor({
        issuer: 'Sala',
        // The gate counts wrong codes: a lock would let whoever has the password keep the owner out.
        accountLockout: { enabled: false },
        schema: { twoFactor: { modelName: 'secondFactor' } },
      }),
    ],
    advanced: {
      // The library would prefix __Secure- by itself; the stricter prefix forbids a domain and demands path=/.
      useSecureCookies: false,
      cookies: {
        session_token: { name: `${prefix}sala`, attributes },
        two_factor: { name: `${prefix}sala-challenge`, attributes },
      },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
  });

  const identityIn = async (signedIn: SignedIn | null): Promise<Identity | null> => {
    if (!signedIn || clock().getTime() - signedIn.session.createdAt.getTime() > SIGN_IN_FOR_MS) return null;
    const operator = await memberOf(db, signedIn.user.id);
    return operator && { operator, via: { type: 'signIn', signInId: signedIn.session.id } };
  };
  const lookUp = async (cookie: string): Promise<Identity | null> => {
    const headers = new Headers({ cookie });
    return asked(auth.api.getSession({ headers, query: { disableRefresh: true } }).then(identityIn));
  };
  const underWay = new Map<string, Promise<Identity | null>>();

  return {
    handle: createSignInGate({
      ...options,
      prefix,
      attributes,
      handler: (request) => auth.handler(request),
      signedIn: giveWay,
    }),
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

type SignedIn = { session: { id: string; createdAt: Date }; user: { id: string } };

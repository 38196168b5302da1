import type { IncomingHttpHeaders } from 'node:http';
import type { Deps } from '../deps.ts';
import { identityOfKey, KEY_HEADER } from '../keys/identityOfKey.ts';
import type { Auth } from './auth.ts';
import type { Identity } from './identity.ts';

/** What a request shows of who it comes from: the cookie of a sign-in, or a key, which then counts alone. */
export type Shown = { cookie: string | undefined; key: string | undefined };

export const shownIn = (headers: IncomingHttpHeaders): Shown => ({
  cookie: headers.cookie,
  key: headers[KEY_HEADER]?.toString(),
});

type Known = { deps: Pick<Deps, 'db' | 'clock'>; auth: Auth };

/** Who it is, if anybody. @throws UNAVAILABLE */
export const identityOf = async ({ deps, auth }: Known, { cookie, key }: Shown): Promise<Identity | null> =>
  key === undefined ? auth.identityOf(headersWith(cookie)) : identityOfKey(deps, key);

/** The same, and counts as use: a sign-in may be renewed by the cookies that come with it. @throws UNAVAILABLE */
export const identityAtWork = async (
  { deps, auth }: Known,
  { cookie, key }: Shown,
): Promise<{ identity: Identity | null; cookies: string[] }> =>
  key === undefined
    ? auth.identityAtWork(headersWith(cookie))
    : { identity: await identityOfKey(deps, key), cookies: [] };

const headersWith = (cookie: string | undefined) => new Headers(cookie ? { cookie } : {});

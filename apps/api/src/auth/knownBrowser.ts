import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long a browser is remembered after somebody signed in with it. */
const FOR_SECONDS = 180 * 24 * 3_600;

const NONCE_BYTES = 16;

/**
 * A browser in which somebody has signed in carries a cookie that says so: it opens nothing, but tries at their account in
 * other places do not keep it out. One account a browser, the last.
 */
export class KnownBrowsers {
  readonly #key: string;
  readonly #name: string;
  readonly #chance: (bytes: number) => Buffer;

  constructor({ secretKey, name, chance }: { secretKey: string; name: string; chance: (bytes: number) => Buffer }) {
    this.#key = secretKey;
    this.#name = name;
    this.#chance = chance;
  }

  /** What tells this browser from others; null when nobody with this address has signed in with it. */
  of(cookies: string | null, email: string): string | null {
    const [nonce, signature] = (valueOf(cookies, this.#name) ?? '').split('.');
    if (!nonce || !signature) return null;
    const [given, right] = [Buffer.from(signature), Buffer.from(this.#sign(nonce, email))];
    return given.length === right.length && timingSafeEqual(given, right) ? nonce : null;
  }

  /** The cookie, once somebody has signed in. */
  cookieFor(email: string, isHttps: boolean): string {
    const nonce = this.#chance(NONCE_BYTES).toString('base64url');
    const value = `${nonce}.${this.#sign(nonce, email)}`;
    return `${this.#name}=${value}; Max-Age=${FOR_SECONDS}; Path=/; HttpOnly; SameSite=Lax${isHttps ? '; Secure' : ''}`;
  }

  #sign(nonce: string, email: string): string {
    return createHmac('sha256', this.#key).update(`known browser\n${nonce}\n${email}`).digest('base64url');
  }
}

/** The value of one cookie, as it was sent. */
export function valueOf(cookies: string | null, name: string): string | null {
  for (const one of cookies?.split(';') ?? []) {
    const at = one.indexOf('=');
    if (at > 0 && one.slice(0, at).trim() === name) return one.slice(at + 1).trim();
  }
  return null;
}

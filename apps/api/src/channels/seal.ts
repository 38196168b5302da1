import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Locks secrets away before they are stored, and opens them again. */
export type Seal = { close: (secret: string) => string; open: (sealed: string) => string };

const VERSION = 'v1';

/** AES-256-GCM under a key derived from SECRET_KEY; each secret with its own nonce, as `v1.<nonce>.<tag>.<text>`. */
export function createSeal(secretKey: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'sala channel secrets', 32));
  return {
    close(secret) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return [VERSION, ...[nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))].join('.');
    },
    open(sealed) {
      const [version, ...parts] = sealed.split('.');
      const [nonce, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'));
      if (version !== VERSION || !nonce || !tag || !text) throw new Error('a stored secret is not in a known form');
      const cipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(tag);
      return cipher.update(text, undefined, 'utf8') + cipher.final('utf8');
    },
  };
}

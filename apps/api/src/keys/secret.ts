import { createHash } from 'node:crypto';

/** What every secret begins with: tools that look for leaked secrets know it by that. */
const MARK = 'sala_';

/** As much of a secret as lists show: enough to tell keys apart, and nothing to guess the rest by. */
const SHOWN = MARK.length + 6;

const SECRET = new RegExp(`^${MARK}[\\w-]{43}$`);

/** 32 bytes of chance. */
export const newSecret = (chance: (bytes: number) => Buffer): string => `${MARK}${chance(32).toString('base64url')}`;

/** Whether it could be one: what could not costs no query. */
export const isSecret = (text: string): boolean => SECRET.test(text);

/** All that is kept of it. What is 32 bytes of chance needs no slow hash: nobody can try them. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export const prefixOf = (secret: string): string => secret.slice(0, SHOWN);

import { hash, verify } from '@node-rs/argon2';

/** OWASP's figures for argon2id: 19 MiB, two passes, one lane. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The form in which a password is stored. */
export const hashPassword = (password: string): Promise<string> => hash(password, ARGON2ID);

export const isPassword = (stored: string, password: string): Promise<boolean> => verify(stored, password);

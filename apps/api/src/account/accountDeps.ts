import { randomBytes } from 'node:crypto';
import type { Database } from '@sala/db';
import { SecondFactors } from '../auth/secondFactors.ts';
import { createTickets, type Tickets } from '../auth/tickets.ts';
import { createTries, type Tries, type TriesOptions } from '../limit/tries.ts';
import type { Mail } from '../mail/mail.ts';

/** What accounts stand on, besides the rest of the foundation. */
export type AccountDeps = {
  /** The desk's address, where links lead. */
  publicUrl: string;
  /** Null where no mail is set up. */
  mail: Mail | null;
  /** Bytes that nobody can guess. */
  chance: (bytes: number) => Buffer;
  tries: Tries;
  secondFactors: SecondFactors;
  tickets: Tickets;
};

type Options = TriesOptions & {
  db: Database;
  clock: () => Date;
  secretKey: string;
  publicUrl: string;
  mail?: Mail | null;
};

export function createAccountDeps({ db, clock, secretKey, publicUrl, mail = null, redis, log }: Options): AccountDeps {
  const chance = randomBytes;
  return {
    publicUrl,
    mail,
    chance,
    tries: createTries({ redis, log }),
    secondFactors: new SecondFactors({ db, clock, chance, secretKey }),
    tickets: createTickets({ secretKey, clock }),
  };
}

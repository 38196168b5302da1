import type { AuditAction, AuditEntry, Operator } from '@sala/contracts';
import type { Database } from '@sala/db';
import type { Via } from '../auth/identity.ts';

/** What was done. `before` and `after` name what changed: never a secret, never what a customer or an operator wrote. */
export type AuditLine = {
  action: AuditAction;
  subject: AuditEntry['subject'];
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
};

/** Who did it, and how they came in. A procedure's caller is one. */
export type Actor = { operator: Pick<Operator, 'operatorId' | 'name'>; via: Via; address: string | null };

/** Nobody who could be known: a sign-in that failed, or the desk itself. */
export type Nobody = { operator: null; via: { type: 'system' } | { type: 'signIn' }; address: string | null };

/** The log of everything sensitive. It is only added to: the database refuses to change or delete a line. */
export class AuditLog {
  readonly #db: Database;
  readonly #clock: () => Date;

  constructor({ db, clock }: { db: Database; clock: () => Date }) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Resolves when it is written: an act that cannot be written down is not answered as done. */
  async write(
    { operator, via, address }: Actor | Nobody,
    { action, subject, before, after }: AuditLine,
  ): Promise<void> {
    await this.#db.pool.query(
      `insert into "AuditEntry" (at, action, "actorId", "actorName", via, "subjectType", "subjectId", "subjectName", before, after, address)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        this.#clock(),
        action,
        operator?.operatorId ?? null,
        operator?.name ?? null,
        via.type,
        subject.type,
        subject.id,
        subject.name,
        before ? JSON.stringify(before) : null,
        after ? JSON.stringify(after) : null,
        address,
      ],
    );
  }
}

import { createOTP } from '@better-auth/utils/otp';
import type { OperatorId } from '@sala/contracts';
import type { Database } from '@sala/db';
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { z } from 'zod';

/** What an authenticator app shows as the name of the desk. */
const ISSUER = 'Sala';

const SECRET_BYTES = 24;
const BACKUP_CODES = 10;
const STEP_MS = 30_000;

/** A clock may be one step off, either way. */
const STEPS_OFF = [0, -1, 1];

const Codes = z.array(z.string());

type Options = { db: Database; clock: () => Date; chance: (bytes: number) => Buffer; secretKey: string };

/**
 * Authenticator apps and backup codes of operators, in the form in which the sign-in library reads them when it asks for a
 * code. A code of an app counts once, also one that was used to confirm the app.
 */
export class SecondFactors {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** A new secret and new backup codes, which count once they are confirmed. They replace what was not confirmed. */
  async begin(operatorId: OperatorId, email: string): Promise<{ uri: string; backupCodes: string[] }> {
    const { db, chance } = this.#options;
    const secret = chance(SECRET_BYTES).toString('base64url');
    const backupCodes = this.#newCodes();
    const sealed = { secret: await this.#close(secret), backupCodes: await this.#close(JSON.stringify(backupCodes)) };
    const id = this.#newId();
    await db.prisma.$transaction([
      db.prisma.secondFactor.deleteMany({ where: { userId: operatorId, verified: false } }),
      db.prisma.secondFactor.create({ data: { id, ...sealed, verified: false, userId: operatorId } }),
    ]);
    return { uri: createOTP(secret).url(ISSUER, email), backupCodes };
  }

  /** Whether the code is one of the app that was begun: from here on it is asked for at every sign-in. */
  async confirm(operatorId: OperatorId, code: string): Promise<boolean> {
    const { db } = this.#options;
    const row = await db.prisma.secondFactor.findFirst({ where: { userId: operatorId, verified: false } });
    if (!row || !(await this.#isFresh(operatorId, row.secret, code))) return false;
    await db.prisma.$transaction([
      db.prisma.secondFactor.update({ where: { id: row.id }, data: { verified: true } }),
      db.prisma.operator.update({ where: { id: operatorId }, data: { twoFactorEnabled: true } }),
    ]);
    return true;
  }

  /** Whether the code is right now and was not used before; it is used by this. */
  async use(operatorId: OperatorId, code: string): Promise<boolean> {
    const row = await this.#options.db.prisma.secondFactor.findFirst({ where: { userId: operatorId, verified: true } });
    return row !== null && (await this.#isFresh(operatorId, row.secret, code));
  }

  /** Other backup codes in place of those there are. Null without a second factor. */
  async newBackupCodes(operatorId: OperatorId): Promise<string[] | null> {
    const backupCodes = this.#newCodes();
    const { count } = await this.#options.db.prisma.secondFactor.updateMany({
      where: { userId: operatorId, verified: true },
      data: { backupCodes: await this.#close(JSON.stringify(backupCodes)) },
    });
    return count > 0 ? backupCodes : null;
  }

  async codesLeft(operatorId: OperatorId): Promise<number> {
    const row = await this.#options.db.prisma.secondFactor.findFirst({ where: { userId: operatorId, verified: true } });
    return row ? Codes.parse(JSON.parse(await this.#open(row.backupCodes))).length : 0;
  }

  /** Answers whether there was one. */
  async remove(operatorId: OperatorId): Promise<boolean> {
    const { prisma } = this.#options.db;
    const [{ count }] = await prisma.$transaction([
      prisma.secondFactor.deleteMany({ where: { userId: operatorId } }),
      prisma.operator.update({ where: { id: operatorId }, data: { twoFactorEnabled: false } }),
    ]);
    return count > 0;
  }

  async #isFresh(operatorId: OperatorId, sealed: string, code: string): Promise<boolean> {
    const { db, clock } = this.#options;
    const otp = createOTP(await this.#open(sealed));
    const now = Math.floor(clock().getTime() / STEP_MS);
    for (const step of STEPS_OFF.map((off) => now + off)) {
      if ((await otp.hotp(step)) !== code) continue;
      const { rowCount } = await db.pool.query(
        'update "Operator" set "lastCodeStep" = $2 where id = $1 and coalesce("lastCodeStep", 0) < $2',
        [operatorId, step],
      );
      return rowCount === 1;
    }
    return false;
  }

  #newId = () => this.#options.chance(16).toString('hex');

  /** Ten characters each, written in two halves. */
  #newCodes(): string[] {
    return Array.from({ length: BACKUP_CODES }, () => {
      const code = this.#options.chance(5).toString('hex');
      return `${code.slice(0, 5)}-${code.slice(5)}`;
    });
  }

  #close = (data: string) => symmetricEncrypt({ key: this.#options.secretKey, data });
  #open = (data: string) => symmetricDecrypt({ key: this.#options.secretKey, data });
}

import { type AuditAction, AuditEntry, type AuditList, type AuditPage, type AuditQuery, refuse } from '@sala/contracts';
import type { Database } from '@sala/db';
import { z } from 'zod';

/** Where a page ended: time and number of its last line. */
const Cursor = z.tuple([z.iso.datetime().refine((at) => at > '0001'), z.string().regex(/^\d{1,18}$/)]);

type Row = {
  id: string;
  at: Date;
  action: AuditAction;
  actorId: string | null;
  actorName: string | null;
  via: string;
  subjectType: string;
  subjectId: string;
  subjectName: string | null;
  before: unknown;
  after: unknown;
  address: string | null;
};

/** One page of the audit log, the newest line first. @throws INVALID for a foreign cursor */
export async function searchAudit({ pool }: Database, { cursor, limit, ...query }: AuditList): Promise<AuditPage> {
  const { conditions, values } = conditionsOf(query);
  if (cursor !== undefined) {
    values.push(...cursorFrom(cursor));
    conditions.push(`(at, id) < ($${values.length - 1}::timestamptz, $${values.length}::bigint)`);
  }
  values.push(limit + 1);
  const { rows } = await pool.query<Row>(
    `select * from "AuditEntry" where ${['true', ...conditions].join(' and ')} order by at desc, id desc limit $${values.length}`,
    values,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { entries: page.map(entryOf), nextCursor: rows.length > limit && last ? cursorAt(last) : null };
}

function conditionsOf({ actions, actorId, subjectId, text, from, until }: AuditQuery) {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const add = (value: unknown, condition: (parameter: string) => string) => {
    if (value === undefined || value === '') return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  add(actions, (p) => `action = any(${p}::text[])`);
  add(actorId, (p) => `"actorId" = ${p}`);
  add(subjectId, (p) => `"subjectId" = ${p}`);
  add(from, (p) => `at >= ${p}::timestamptz`);
  add(until, (p) => `at < ${p}::timestamptz`);
  add(
    text,
    (p) =>
      `strpos(lower(concat_ws(chr(10), "actorName", "actorId", "subjectName", "subjectId")), lower(${p}::text)) > 0`,
  );
  return { conditions, values };
}

const entryOf = (row: Row): AuditEntry =>
  AuditEntry.parse({
    entryId: row.id,
    at: row.at.toISOString(),
    action: row.action,
    actor: row.actorId === null ? null : { operatorId: row.actorId, name: row.actorName ?? row.actorId },
    via: row.via,
    subject: { type: row.subjectType, id: row.subjectId, name: row.subjectName },
    before: row.before,
    after: row.after,
    address: row.address,
  });

const cursorAt = ({ at, id }: Row): string => Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url');

function cursorFrom(text: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return refuse({
      code: 'INVALID',
      issues: [{ path: 'cursor', code: 'custom', message: 'not a cursor of this list' }],
    });
  }
}

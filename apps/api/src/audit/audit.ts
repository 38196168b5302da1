import {
  type AuditEntry,
  type AuditList,
  type AuditPage,
  type AuditQuery,
  MAX_AUDIT_EXPORT,
  MAX_AUDIT_PAGE,
  may,
  refuse,
} from '@sala/contracts';
import type { Caller } from '../deps.ts';
import { searchAudit } from './search.ts';

/** One page of what was done, the newest first. @throws NOT_ALLOWED, INVALID for a foreign cursor */
export async function list(caller: Caller, query: AuditList): Promise<AuditPage> {
  assertMayRead(caller);
  return searchAudit(caller.db, query);
}

/**
 * What was done, in pages, the newest first, until there is no more or {@link MAX_AUDIT_EXPORT} lines are told. That it
 * is taken away is written down before its first line is.
 * @throws NOT_ALLOWED
 */
export async function* exported(caller: Caller, query: AuditQuery, signal: AbortSignal): AsyncGenerator<AuditEntry[]> {
  assertMayRead(caller);
  // The line of this export itself is not part of it.
  const until = query.until ?? caller.clock().toISOString();
  await caller.audit.write(caller, {
    action: 'audit.exported',
    subject: { type: 'desk', id: 'audit', name: null },
    after: { ...query, until },
  });
  let cursor: string | undefined;
  for (let told = 0; told < MAX_AUDIT_EXPORT && !signal.aborted; told += MAX_AUDIT_PAGE) {
    const page = await searchAudit(caller.db, { ...query, until, cursor, limit: MAX_AUDIT_PAGE });
    yield page.entries;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

/** A key has the scope `audit` already (keys/identityOfKey.ts); a person needs the right. @throws NOT_ALLOWED */
function assertMayRead({ operator, via }: Caller): void {
  if (via.type !== 'key' && !may(operator, 'audit.read')) refuse({ code: 'NOT_ALLOWED' });
}

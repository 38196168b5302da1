import { AuditAction, type AuditQuery } from '@sala/contracts';

/** The filters of the audit log as they stand in the address: days of this device, and only what is set. */
export interface AuditSearch {
  text?: string;
  action?: AuditAction;
  actor?: string;
  from?: string;
  until?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MAX_TEXT = 100;

/** What is known of an address somebody typed or kept; the rest of it is left out. */
export function auditSearchOf(search: Record<string, unknown>): AuditSearch {
  const action = AuditAction.safeParse(search.action);
  const text = textOf(search.text);
  const actor = textOf(search.actor);
  const [from, until] = [dayOf(search.from), dayOf(search.until)];
  return {
    ...(text && { text }),
    ...(action.success && { action: action.data }),
    ...(actor && { actor }),
    ...(from && { from }),
    ...(until && { until }),
  };
}

/** What the server is asked: days become moments, from the first to the end of the last. */
export function auditQueryOf({ text, action, actor, from, until }: AuditSearch): AuditQuery {
  return {
    ...(text && { text }),
    ...(action && { actions: [action] }),
    ...(actor && { actorId: actor }),
    ...(from && { from: startOf(from, 0) }),
    ...(until && { until: startOf(until, 1) }),
  };
}

export const isFiltered = (search: AuditSearch): boolean => Object.keys(search).length > 0;

/** Midnight of this device, `later` days on. */
function startOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, MAX_TEXT) : '';

function dayOf(value: unknown): string {
  const isDay = typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value));
  return isDay ? value : '';
}

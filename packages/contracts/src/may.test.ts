import { describe, expect, it } from 'vitest';
import { type DeskAction, may, permissionsOf, type SessionAction } from './may.ts';
import type { Session } from './session.ts';

const since = '2026-11-20T09:00:00.000Z';
const SUBJECTS = {
  none: null,
  WAITING: { status: 'WAITING', sessionId: 's', since },
  OWN: { status: 'ACTIVE', sessionId: 's', operatorId: 'me', since },
  FOREIGN: { status: 'ACTIVE', sessionId: 's', operatorId: 'somebody else', since },
  CLOSED: { status: 'CLOSED', sessionId: 's', by: { type: 'USER' }, since },
} satisfies Record<string, Session | null>;
type Subject = keyof typeof SUBJECTS;

/** On which sessions each role may do what. */
const RIGHTS: Record<SessionAction, Record<'operator' | 'supervisor' | 'admin', Subject[]>> = {
  'session.claim': {
    operator: ['none', 'WAITING'],
    supervisor: ['none', 'WAITING'],
    admin: ['none', 'WAITING'],
  },
  'session.write': { operator: ['OWN'], supervisor: ['OWN'], admin: ['OWN'] },
  'session.transfer': { operator: ['OWN'], supervisor: ['OWN', 'FOREIGN'], admin: ['OWN', 'FOREIGN'] },
  'session.close': {
    operator: ['OWN'],
    supervisor: ['WAITING', 'OWN', 'FOREIGN'],
    admin: ['WAITING', 'OWN', 'FOREIGN'],
  },
};

/** What admins alone may. */
const ADMINS = [
  'teams.manage',
  'settings.manage',
  'channels.manage',
  'operators.manage',
  'keys.manage',
  'audit.read',
] as const;
const ROLES = ['operator', 'supervisor', 'admin'] as const;
const ACTIONS = Object.keys(RIGHTS) as SessionAction[];

describe('Rights (RI)', () => {
  it.each(ACTIONS.flatMap((action) => ROLES.map((role) => ({ action, role }))))(
    '[RI1] $action by an $role is allowed on exactly the sessions of the table',
    ({ action, role }) => {
      const allowed = (Object.keys(SUBJECTS) as Subject[]).filter((subject) =>
        may({ operatorId: 'me', role }, action, SUBJECTS[subject]),
      );

      expect(allowed).toEqual(RIGHTS[action][role]);
    },
  );

  it.each<[(typeof ROLES)[number], DeskAction[]]>([
    ['operator', ['unassigned.see']],
    ['supervisor', ['unassigned.see', 'delivery.retryAny']],
    ['admin', ['unassigned.see', 'delivery.retryAny', ...ADMINS]],
  ])('[RI2] the desk rights of an %s are %j', (role, rights) => {
    expect(permissionsOf({ operatorId: 'me', role })).toEqual(rights);
  });
});

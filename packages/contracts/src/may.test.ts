import { describe, expect, it } from 'vitest';
import { type DeskAction, may, permissionsOf, type SessionAction } from './may.ts';
import type { Session } from './session.ts';
import type { Unassigned } from './settings.ts';

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

const team = { teamId: 'ours', session: null };
const foreign = { teamId: 'theirs', session: null };
const none = { teamId: null, session: null };
const PLACES = { team, foreign, none, heldForeign: { teamId: 'theirs', session: SUBJECTS.OWN } };
type Place = keyof typeof PLACES;

describe('What one sees (RT)', () => {
  it.each<[(typeof ROLES)[number], Unassigned, Place[]]>([
    ['operator', 'everybody', ['team', 'none', 'heldForeign']],
    ['operator', 'supervisors', ['team', 'heldForeign']],
    ['supervisor', 'everybody', ['team', 'none', 'heldForeign']],
    ['supervisor', 'supervisors', ['team', 'none', 'heldForeign']],
    ['admin', 'supervisors', ['team', 'foreign', 'none', 'heldForeign']],
  ])('[RT1] an %s, where %s see what belongs to no team, sees %j', (role, unassigned, seen) => {
    const me = { operatorId: 'me', name: 'Me', role, teamIds: ['ours'] };

    const sees = (Object.keys(PLACES) as Place[]).filter((place) =>
      may(me, 'conversation.see', { of: PLACES[place], settings: { unassigned } }),
    );

    expect(sees).toEqual(seen);
  });

  it.each<[(typeof ROLES)[number], string[]]>([
    ['operator', ['heldForeign to ours', 'heldForeign to theirs', 'heldForeign to none']],
    [
      'supervisor',
      [
        'team to ours',
        'team to none',
        'none to ours',
        'none to none',
        'heldForeign to ours',
        'heldForeign to theirs',
        'heldForeign to none',
      ],
    ],
    ['admin', Object.keys(PLACES).flatMap((place) => [`${place} to ours`, `${place} to theirs`, `${place} to none`])],
  ])('[TE3] an %s gives to teams exactly %j', (role, given) => {
    const me = { operatorId: 'me', name: 'Me', role, teamIds: ['ours'] };
    const settings = { unassigned: 'everybody' as const };

    const gives = (Object.keys(PLACES) as Place[]).flatMap((place) =>
      (['ours', 'theirs', null] as const)
        .filter((teamId) => may(me, 'conversation.assignTeam', { of: PLACES[place], teamId, settings }))
        .map((teamId) => `${place} to ${teamId ?? 'none'}`),
    );

    expect(gives).toEqual(given);
  });
});

import type { Operator, Role } from './operator.ts';
import type { Session } from './session.ts';

/** Whoever asks. An operator is enough; other kinds of caller join here. */
export type Caller = Pick<Operator, 'operatorId' | 'role'>;

const holds = (caller: Caller, session: Session | null): boolean =>
  session?.status === 'ACTIVE' && session.operatorId === caller.operatorId;

const isAtLeast = (caller: Caller, role: Role): boolean => RANK[caller.role] >= RANK[role];
const RANK = { operator: 0, supervisor: 1, admin: 2 } satisfies Record<Role, number>;

/** What may be done to a session, a sentence each. The lifecycle says when; this says who. */
const sessionRights = {
  /** Any operator may take what waits, or what the bot has. */
  'session.claim': (_caller: Caller, session: Session | null) => session === null || session.status === 'WAITING',
  /** Only who holds a session writes to its customer. */
  'session.write': holds,
  /** Who holds a session passes it on; so does a supervisor. */
  'session.transfer': (caller: Caller, session: Session | null) =>
    holds(caller, session) || (isAtLeast(caller, 'supervisor') && session?.status === 'ACTIVE'),
  /** Who holds a session closes it; so does a supervisor, even while it waits. */
  'session.close': (caller: Caller, session: Session | null) =>
    holds(caller, session) || (isAtLeast(caller, 'supervisor') && session !== null && session.status !== 'CLOSED'),
};

/** What may be done on the desk at all, whatever the conversation. */
const deskRights = {
  /** Everybody on the desk reads every conversation. */
  'desk.read': (_caller: Caller) => true,
  /** A failed message is sent again by whoever wrote it, or by a supervisor. */
  'delivery.retryAny': (caller: Caller) => isAtLeast(caller, 'supervisor'),
  /** An admin sees to the channels and their bots. */
  'channels.manage': (caller: Caller) => isAtLeast(caller, 'admin'),
  /** An admin adds people. */
  'operators.manage': (caller: Caller) => isAtLeast(caller, 'admin'),
  /** Everybody has keys of their own; an admin sees and ends all, and gives service accounts theirs. */
  'keys.manage': (caller: Caller) => isAtLeast(caller, 'admin'),
  /** An admin reads what was done, and takes it away as a file. */
  'audit.read': (caller: Caller) => isAtLeast(caller, 'admin'),
};

export type SessionAction = keyof typeof sessionRights;
export type DeskAction = keyof typeof deskRights;

/**
 * Whether `caller` may do `action` to `subject`. Pure, and asked by server and SPA alike, so a button and the
 * answer behind it never disagree.
 */
export function may(caller: Caller, action: SessionAction, subject: Session | null): boolean;
export function may(caller: Caller, action: DeskAction): boolean;
export function may(caller: Caller, action: SessionAction | DeskAction, subject: Session | null = null): boolean {
  return action in sessionRights
    ? sessionRights[action as SessionAction](caller, subject)
    : deskRights[action as DeskAction](caller);
}

/** The desk rights a caller has, by name: `me.get` tells them to the SPA. */
export const permissionsOf = (caller: Caller): DeskAction[] =>
  (Object.keys(deskRights) as DeskAction[]).filter((action) => deskRights[action](caller));
